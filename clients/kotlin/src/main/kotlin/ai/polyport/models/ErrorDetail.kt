package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** What went wrong. */
public class ErrorDetail internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The kind of error, such as `invalid_request_error`. */
    public val type: String get() = required("type", StringCodec)

    /** A stable code for programs. */
    public val code: String? get() = optional("code", StringCodec)

    /** What went wrong, for people. */
    public val message: String get() = required("message", StringCodec)

    /** The request field that is at fault. */
    public val param: String? get() = optional("param", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): ErrorDetail =
        ErrorDetail(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [ErrorDetail] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The kind of error, such as `invalid_request_error`. */
        public var type: String
            get() = readRequired("type", StringCodec)
            set(value) = write("type", StringCodec, value)

        /** A stable code for programs. */
        public var code: String?
            get() = read("code", StringCodec)
            set(value) = writeNullable("code", StringCodec, value)

        /** What went wrong, for people. */
        public var message: String
            get() = readRequired("message", StringCodec)
            set(value) = write("message", StringCodec, value)

        /** The request field that is at fault. */
        public var param: String?
            get() = read("param", StringCodec)
            set(value) = writeNullable("param", StringCodec, value)
    }

    public companion object : ModelCodec<ErrorDetail>(::ErrorDetail) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(type: String, message: String, block: Builder.() -> Unit = {}): ErrorDetail {
            val builder = Builder(LinkedHashMap())
            builder.write("type", StringCodec, type)
            builder.write("message", StringCodec, message)
            return ErrorDetail(builder.apply(block).finish())
        }
    }
}

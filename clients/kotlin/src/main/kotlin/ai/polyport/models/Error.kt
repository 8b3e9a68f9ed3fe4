package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** The one shape of every error answer. */
public class Error internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** What went wrong. */
    public val error: ErrorDetail get() = required("error", ErrorDetail)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): Error =
        Error(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [Error] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** What went wrong. */
        public var error: ErrorDetail
            get() = readRequired("error", ErrorDetail)
            set(value) = write("error", ErrorDetail, value)
    }

    public companion object : ModelCodec<Error>(::Error) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(error: ErrorDetail, block: Builder.() -> Unit = {}): Error {
            val builder = Builder(LinkedHashMap())
            builder.write("error", ErrorDetail, error)
            return Error(builder.apply(block).finish())
        }
    }
}

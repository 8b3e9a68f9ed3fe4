package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A function and its arguments. */
public class FunctionCall internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The name of the function. */
    public val name: String get() = required("name", StringCodec)

    /** The arguments as JSON text. The model wrote it, so it may not be valid JSON or may not fit the schema. */
    public val arguments: String get() = required("arguments", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): FunctionCall =
        FunctionCall(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [FunctionCall] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The name of the function. */
        public var name: String
            get() = readRequired("name", StringCodec)
            set(value) = write("name", StringCodec, value)

        /** The arguments as JSON text. The model wrote it, so it may not be valid JSON or may not fit the schema. */
        public var arguments: String
            get() = readRequired("arguments", StringCodec)
            set(value) = write("arguments", StringCodec, value)
    }

    public companion object : ModelCodec<FunctionCall>(::FunctionCall) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(name: String, arguments: String, block: Builder.() -> Unit = {}): FunctionCall {
            val builder = Builder(LinkedHashMap())
            builder.write("name", StringCodec, name)
            builder.write("arguments", StringCodec, arguments)
            return FunctionCall(builder.apply(block).finish())
        }
    }
}

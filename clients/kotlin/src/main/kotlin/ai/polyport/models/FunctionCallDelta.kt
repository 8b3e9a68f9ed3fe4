package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A piece of a function's name or arguments. */
public class FunctionCallDelta internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The name of the function; only in the first piece. */
    public val name: String? get() = optional("name", StringCodec)

    /** The next piece of the arguments' JSON text. */
    public val arguments: String? get() = optional("arguments", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): FunctionCallDelta =
        FunctionCallDelta(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [FunctionCallDelta] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The name of the function; only in the first piece. */
        public var name: String?
            get() = read("name", StringCodec)
            set(value) = writeNullable("name", StringCodec, value)

        /** The next piece of the arguments' JSON text. */
        public var arguments: String?
            get() = read("arguments", StringCodec)
            set(value) = writeNullable("arguments", StringCodec, value)
    }

    public companion object : ModelCodec<FunctionCallDelta>(::FunctionCallDelta) {
        /** Makes one; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(block: Builder.() -> Unit = {}): FunctionCallDelta {
            val builder = Builder(LinkedHashMap())
            return FunctionCallDelta(builder.apply(block).finish())
        }
    }
}

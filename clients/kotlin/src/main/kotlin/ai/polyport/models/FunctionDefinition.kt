package ai.polyport.models

import ai.polyport.core.BooleanCodec
import ai.polyport.core.JsonCodec
import ai.polyport.core.MapCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** What a function does and which arguments it takes. */
public class FunctionDefinition internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The name of the function. */
    public val name: String get() = required("name", StringCodec)

    /** What the function does, so that the model knows when to call it. */
    public val description: String? get() = optional("description", StringCodec)

    /** The arguments as a JSON schema of an object. A function without it takes no arguments. */
    public val parameters: Map<String, JsonElement>? get() = optional("parameters", MapCodec(JsonCodec))

    /** Whether the arguments must follow the schema exactly. */
    public val strict: Boolean? get() = optional("strict", BooleanCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): FunctionDefinition =
        FunctionDefinition(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [FunctionDefinition] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The name of the function. */
        public var name: String
            get() = readRequired("name", StringCodec)
            set(value) = write("name", StringCodec, value)

        /** What the function does, so that the model knows when to call it. */
        public var description: String?
            get() = read("description", StringCodec)
            set(value) = write("description", StringCodec, value)

        /** The arguments as a JSON schema of an object. A function without it takes no arguments. */
        public var parameters: Map<String, JsonElement>?
            get() = read("parameters", MapCodec(JsonCodec))
            set(value) = write("parameters", MapCodec(JsonCodec), value)

        /** Whether the arguments must follow the schema exactly. */
        public var strict: Boolean?
            get() = read("strict", BooleanCodec)
            set(value) = writeNullable("strict", BooleanCodec, value)
    }

    public companion object : ModelCodec<FunctionDefinition>(::FunctionDefinition) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(name: String, block: Builder.() -> Unit = {}): FunctionDefinition {
            val builder = Builder(LinkedHashMap())
            builder.write("name", StringCodec, name)
            return FunctionDefinition(builder.apply(block).finish())
        }
    }
}

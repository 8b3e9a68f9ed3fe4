package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A function that the model may ask the application to call. */
public class Tool internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Always `function`. */
    public val type: String get() = required("type", StringCodec)

    /** What a function does and which arguments it takes. */
    public val function: FunctionDefinition get() = required("function", FunctionDefinition)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): Tool =
        Tool(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [Tool] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** What a function does and which arguments it takes. */
        public var function: FunctionDefinition
            get() = readRequired("function", FunctionDefinition)
            set(value) = write("function", FunctionDefinition, value)
    }

    public companion object : ModelCodec<Tool>(::Tool) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(function: FunctionDefinition, block: Builder.() -> Unit = {}): Tool {
            val builder = Builder(LinkedHashMap())
            builder.write("type", StringCodec, "function")
            builder.write("function", FunctionDefinition, function)
            return Tool(builder.apply(block).finish())
        }
    }
}

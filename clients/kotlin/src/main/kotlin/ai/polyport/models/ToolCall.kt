package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A call that the model asks for. */
public class ToolCall internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Names this call in the tool's answer. */
    public val id: String get() = required("id", StringCodec)

    /** Always `function`. */
    public val type: String get() = required("type", StringCodec)

    /** A function and its arguments. */
    public val function: FunctionCall get() = required("function", FunctionCall)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): ToolCall =
        ToolCall(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [ToolCall] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Names this call in the tool's answer. */
        public var id: String
            get() = readRequired("id", StringCodec)
            set(value) = write("id", StringCodec, value)

        /** A function and its arguments. */
        public var function: FunctionCall
            get() = readRequired("function", FunctionCall)
            set(value) = write("function", FunctionCall, value)
    }

    public companion object : ModelCodec<ToolCall>(::ToolCall) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(id: String, function: FunctionCall, block: Builder.() -> Unit = {}): ToolCall {
            val builder = Builder(LinkedHashMap())
            builder.write("type", StringCodec, "function")
            builder.write("id", StringCodec, id)
            builder.write("function", FunctionCall, function)
            return ToolCall(builder.apply(block).finish())
        }
    }
}

package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** What a tool answered. */
public class ToolMessage internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members),
    ChatMessage {
    /** Always `tool`. */
    public val role: String get() = required("role", StringCodec)

    /** Text, whole or in parts. */
    public val content: TextContent get() = required("content", TextContent)

    /** The `id` of the tool call that this answers. */
    public val toolCallId: String get() = required("tool_call_id", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): ToolMessage =
        ToolMessage(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [ToolMessage] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Text, whole or in parts. */
        public var content: TextContent
            get() = readRequired("content", TextContent)
            set(value) = write("content", TextContent, value)

        /** Sets [content] to a bare string. */
        public fun content(value: String) {
            this.content = TextContent.of(value)
        }

        /** The `id` of the tool call that this answers. */
        public var toolCallId: String
            get() = readRequired("tool_call_id", StringCodec)
            set(value) = write("tool_call_id", StringCodec, value)
    }

    public companion object : ModelCodec<ToolMessage>(::ToolMessage) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(
            content: TextContent,
            toolCallId: String,
            block: Builder.() -> Unit = {},
        ): ToolMessage {
            val builder = Builder(LinkedHashMap())
            builder.write("role", StringCodec, "tool")
            builder.write("content", TextContent, content)
            builder.write("tool_call_id", StringCodec, toolCallId)
            return ToolMessage(builder.apply(block).finish())
        }

        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(content: String, toolCallId: String, block: Builder.() -> Unit = {}): ToolMessage =
            invoke(TextContent.of(content), toolCallId, block)
    }
}

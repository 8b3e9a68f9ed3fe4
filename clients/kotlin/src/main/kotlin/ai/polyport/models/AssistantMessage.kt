package ai.polyport.models

import ai.polyport.core.ListCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** An earlier answer of the model. */
public class AssistantMessage internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members),
    ChatMessage {
    /** Always `assistant`. */
    public val role: String get() = required("role", StringCodec)

    /** The answer. It may be missing when there are tool calls. */
    public val content: AssistantContent? get() = optional("content", AssistantContent)

    /** Why the model refused to answer. */
    public val refusal: String? get() = optional("refusal", StringCodec)

    /** The tools that the model called. */
    public val toolCalls: List<ToolCall>? get() = optional("tool_calls", ListCodec(ToolCall))

    /** Tells participants of the same role apart. */
    public val name: String? get() = optional("name", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): AssistantMessage =
        AssistantMessage(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [AssistantMessage] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The answer. It may be missing when there are tool calls. */
        public var content: AssistantContent?
            get() = read("content", AssistantContent)
            set(value) = writeNullable("content", AssistantContent, value)

        /** Sets [content] to a bare string. */
        public fun content(value: String) {
            this.content = AssistantContent.of(value)
        }

        /** Why the model refused to answer. */
        public var refusal: String?
            get() = read("refusal", StringCodec)
            set(value) = writeNullable("refusal", StringCodec, value)

        /** The tools that the model called. */
        public var toolCalls: List<ToolCall>?
            get() = read("tool_calls", ListCodec(ToolCall))
            set(value) = writeNullable("tool_calls", ListCodec(ToolCall), value)

        /** Tells participants of the same role apart. */
        public var name: String?
            get() = read("name", StringCodec)
            set(value) = write("name", StringCodec, value)
    }

    public companion object : ModelCodec<AssistantMessage>(::AssistantMessage) {
        /** Makes one; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(block: Builder.() -> Unit = {}): AssistantMessage {
            val builder = Builder(LinkedHashMap())
            builder.write("role", StringCodec, "assistant")
            return AssistantMessage(builder.apply(block).finish())
        }
    }
}

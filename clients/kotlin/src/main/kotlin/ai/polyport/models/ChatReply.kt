package ai.polyport.models

import ai.polyport.core.ListCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** The message that the model wrote. */
public class ChatReply internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Always `assistant`. */
    public val role: String get() = required("role", StringCodec)

    /** The text of the answer; null when the model only calls tools. */
    public val content: String? get() = requiredNullable("content", StringCodec)

    /** Why the model refused to answer. */
    public val refusal: String? get() = optional("refusal", StringCodec)

    /** The tools that the model calls. */
    public val toolCalls: List<ToolCall>? get() = optional("tool_calls", ListCodec(ToolCall))

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): ChatReply =
        ChatReply(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [ChatReply] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The text of the answer; null when the model only calls tools. */
        public var content: String?
            get() = read("content", StringCodec)
            set(value) = writeNullable("content", StringCodec, value)

        /** Why the model refused to answer. */
        public var refusal: String?
            get() = read("refusal", StringCodec)
            set(value) = writeNullable("refusal", StringCodec, value)

        /** The tools that the model calls. */
        public var toolCalls: List<ToolCall>?
            get() = read("tool_calls", ListCodec(ToolCall))
            set(value) = writeNullable("tool_calls", ListCodec(ToolCall), value)
    }

    public companion object : ModelCodec<ChatReply>(::ChatReply) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(content: String?, block: Builder.() -> Unit = {}): ChatReply {
            val builder = Builder(LinkedHashMap())
            builder.write("role", StringCodec, "assistant")
            builder.writeNullable("content", StringCodec, content)
            return ChatReply(builder.apply(block).finish())
        }
    }
}

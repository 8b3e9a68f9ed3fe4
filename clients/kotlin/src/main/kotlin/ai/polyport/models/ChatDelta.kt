package ai.polyport.models

import ai.polyport.core.ListCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** What is new in the message. */
public class ChatDelta internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Who wrote a message. */
    @get:JvmName("getRole")
    public val role: Role? get() = optional("role", Role)

    /** The next piece of the text. */
    public val content: String? get() = optional("content", StringCodec)

    /** The next piece of the refusal. */
    public val refusal: String? get() = optional("refusal", StringCodec)

    /** The next pieces of tool calls. */
    public val toolCalls: List<ToolCallDelta>? get() = optional("tool_calls", ListCodec(ToolCallDelta))

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): ChatDelta =
        ChatDelta(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [ChatDelta] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Who wrote a message. */
        @get:JvmName("getRole")
        @set:JvmName("setRole")
        public var role: Role?
            get() = read("role", Role)
            set(value) = write("role", Role, value)

        /** The next piece of the text. */
        public var content: String?
            get() = read("content", StringCodec)
            set(value) = writeNullable("content", StringCodec, value)

        /** The next piece of the refusal. */
        public var refusal: String?
            get() = read("refusal", StringCodec)
            set(value) = writeNullable("refusal", StringCodec, value)

        /** The next pieces of tool calls. */
        public var toolCalls: List<ToolCallDelta>?
            get() = read("tool_calls", ListCodec(ToolCallDelta))
            set(value) = writeNullable("tool_calls", ListCodec(ToolCallDelta), value)
    }

    public companion object : ModelCodec<ChatDelta>(::ChatDelta) {
        /** Makes one; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(block: Builder.() -> Unit = {}): ChatDelta {
            val builder = Builder(LinkedHashMap())
            return ChatDelta(builder.apply(block).finish())
        }
    }
}

package ai.polyport.models

import ai.polyport.core.Alternative
import ai.polyport.core.Codec
import ai.polyport.core.JsonValue
import ai.polyport.core.StringCodec
import ai.polyport.core.decodeUnion
import ai.polyport.core.modelAlternative
import ai.polyport.core.shown
import ai.polyport.core.tag
import kotlinx.serialization.json.JsonElement

/**
 * One message of a conversation.
 *
 * One of DeveloperMessage, SystemMessage, UserMessage, AssistantMessage, ToolMessage, or [Unknown].
 */
public sealed interface ChatMessage : JsonValue {
    /** A value that this version does not know; it is sent again as it came. */
    public class Unknown(
        public val raw: JsonElement,
    ) : ChatMessage {
        override fun toJson(): JsonElement = raw

        override fun equals(other: Any?): Boolean = other is Unknown && other.raw == raw

        override fun hashCode(): Int = raw.hashCode()

        override fun toString(): String = "Unknown(${shown(raw)})"
    }

    public companion object : Codec<ChatMessage> {
        private val alternatives: List<Alternative<ChatMessage>> by lazy {
            listOf(
                modelAlternative(DeveloperMessage, tag("role", "developer")),
                modelAlternative(SystemMessage, tag("role", "system")),
                modelAlternative(UserMessage, tag("role", "user")),
                modelAlternative(AssistantMessage, tag("role", "assistant")),
                modelAlternative(ToolMessage, tag("role", "tool")),
            )
        }

        override fun decode(element: JsonElement): ChatMessage =
            decodeUnion(element, alternatives) ?: Unknown(element)

        override fun encode(value: ChatMessage): JsonElement = value.toJson()

        /** Makes a [DeveloperMessage]. */
        public fun developer(content: TextContent, block: DeveloperMessage.Builder.() -> Unit = {}): DeveloperMessage =
            DeveloperMessage(content, block)

        /** Makes a [DeveloperMessage]. */
        public fun developer(content: String, block: DeveloperMessage.Builder.() -> Unit = {}): DeveloperMessage =
            DeveloperMessage(content, block)

        /** Makes a [SystemMessage]. */
        public fun system(content: TextContent, block: SystemMessage.Builder.() -> Unit = {}): SystemMessage =
            SystemMessage(content, block)

        /** Makes a [SystemMessage]. */
        public fun system(content: String, block: SystemMessage.Builder.() -> Unit = {}): SystemMessage =
            SystemMessage(content, block)

        /** Makes a [UserMessage]. */
        public fun user(content: UserContent, block: UserMessage.Builder.() -> Unit = {}): UserMessage =
            UserMessage(content, block)

        /** Makes a [UserMessage]. */
        public fun user(content: String, block: UserMessage.Builder.() -> Unit = {}): UserMessage =
            UserMessage(content, block)

        /** Makes a [AssistantMessage]. */
        public fun assistant(block: AssistantMessage.Builder.() -> Unit = {}): AssistantMessage =
            AssistantMessage(block)

        /** Makes a [ToolMessage]. */
        public fun tool(
            content: TextContent,
            toolCallId: String,
            block: ToolMessage.Builder.() -> Unit = {},
        ): ToolMessage = ToolMessage(content, toolCallId, block)

        /** Makes a [ToolMessage]. */
        public fun tool(
            content: String,
            toolCallId: String,
            block: ToolMessage.Builder.() -> Unit = {},
        ): ToolMessage = ToolMessage(content, toolCallId, block)
    }
}

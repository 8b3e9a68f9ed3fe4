package notes.models

import kotlinx.serialization.json.JsonElement
import notes.core.Alternative
import notes.core.Codec
import notes.core.JsonValue
import notes.core.StringCodec
import notes.core.decodeUnion
import notes.core.modelAlternative
import notes.core.shown
import notes.core.tag

/**
 * A piece of a note.
 *
 * One of TextBlock, TaskBlock, or [Unknown].
 */
public sealed interface Block : JsonValue {
    /** A value that this version does not know; it is sent again as it came. */
    public class Unknown(
        public val raw: JsonElement,
    ) : Block {
        override fun toJson(): JsonElement = raw

        override fun equals(other: Any?): Boolean = other is Unknown && other.raw == raw

        override fun hashCode(): Int = raw.hashCode()

        override fun toString(): String = "Unknown(${shown(raw)})"
    }

    public companion object : Codec<Block> {
        private val alternatives: List<Alternative<Block>> by lazy {
            listOf(
                modelAlternative(TextBlock, tag("type", "text")),
                modelAlternative(TaskBlock, tag("type", "task")),
            )
        }

        override fun decode(element: JsonElement): Block =
            decodeUnion(element, alternatives) ?: Unknown(element)

        override fun encode(value: Block): JsonElement = value.toJson()

        /** Makes a [TextBlock]. */
        public fun text(text: Content, block: TextBlock.Builder.() -> Unit = {}): TextBlock = TextBlock(text, block)

        /** Makes a [TextBlock]. */
        public fun text(text: String, block: TextBlock.Builder.() -> Unit = {}): TextBlock = TextBlock(text, block)

        /** Makes a [TaskBlock]. */
        public fun task(task: String, block: TaskBlock.Builder.() -> Unit = {}): TaskBlock = TaskBlock(task, block)
    }
}

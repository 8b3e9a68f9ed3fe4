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
 * A part of an earlier answer.
 *
 * One of TextPart, RefusalPart, or [Unknown].
 */
public sealed interface AssistantContentPart : JsonValue {
    /** A value that this version does not know; it is sent again as it came. */
    public class Unknown(
        public val raw: JsonElement,
    ) : AssistantContentPart {
        override fun toJson(): JsonElement = raw

        override fun equals(other: Any?): Boolean = other is Unknown && other.raw == raw

        override fun hashCode(): Int = raw.hashCode()

        override fun toString(): String = "Unknown(${shown(raw)})"
    }

    public companion object : Codec<AssistantContentPart> {
        private val alternatives: List<Alternative<AssistantContentPart>> by lazy {
            listOf(
                modelAlternative(TextPart, tag("type", "text")),
                modelAlternative(RefusalPart, tag("type", "refusal")),
            )
        }

        override fun decode(element: JsonElement): AssistantContentPart =
            decodeUnion(element, alternatives) ?: Unknown(element)

        override fun encode(value: AssistantContentPart): JsonElement = value.toJson()

        /** Makes a [TextPart]. */
        public fun text(text: String, block: TextPart.Builder.() -> Unit = {}): TextPart = TextPart(text, block)

        /** Makes a [RefusalPart]. */
        public fun refusal(refusal: String, block: RefusalPart.Builder.() -> Unit = {}): RefusalPart =
            RefusalPart(refusal, block)
    }
}

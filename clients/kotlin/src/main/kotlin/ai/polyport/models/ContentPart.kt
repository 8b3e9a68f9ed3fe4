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
 * A part of what the user says.
 *
 * One of TextPart, ImagePart, or [Unknown].
 */
public sealed interface ContentPart : JsonValue {
    /** A value that this version does not know; it is sent again as it came. */
    public class Unknown(
        public val raw: JsonElement,
    ) : ContentPart {
        override fun toJson(): JsonElement = raw

        override fun equals(other: Any?): Boolean = other is Unknown && other.raw == raw

        override fun hashCode(): Int = raw.hashCode()

        override fun toString(): String = "Unknown(${shown(raw)})"
    }

    public companion object : Codec<ContentPart> {
        private val alternatives: List<Alternative<ContentPart>> by lazy {
            listOf(
                modelAlternative(TextPart, tag("type", "text")),
                modelAlternative(ImagePart, tag("type", "image_url")),
            )
        }

        override fun decode(element: JsonElement): ContentPart =
            decodeUnion(element, alternatives) ?: Unknown(element)

        override fun encode(value: ContentPart): JsonElement = value.toJson()

        /** Makes a [TextPart]. */
        public fun text(text: String, block: TextPart.Builder.() -> Unit = {}): TextPart = TextPart(text, block)

        /** Makes a [ImagePart]. */
        public fun imageUrl(imageUrl: ImageUrl, block: ImagePart.Builder.() -> Unit = {}): ImagePart =
            ImagePart(imageUrl, block)
    }
}

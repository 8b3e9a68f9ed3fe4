package ai.polyport.models

import ai.polyport.core.Alternative
import ai.polyport.core.Codec
import ai.polyport.core.JsonValue
import ai.polyport.core.ListCodec
import ai.polyport.core.StringCodec
import ai.polyport.core.decodeUnion
import ai.polyport.core.shown
import kotlinx.serialization.json.JsonElement

/**
 * Text, whole or in parts.
 *
 * One of TextContent.StringValue, TextContent.ListValue, or [Unknown].
 */
public sealed interface TextContent : JsonValue {
    /** A `String`. */
    public class StringValue internal constructor(
        public val value: String,
        private val element: JsonElement,
    ) : TextContent {
        public constructor(value: String) : this(value, StringCodec.encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is StringValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value
    }

    /** A `List<TextPart>`. */
    public class ListValue internal constructor(
        public val value: List<TextPart>,
        private val element: JsonElement,
    ) : TextContent {
        public constructor(value: List<TextPart>) : this(value, ListCodec(TextPart).encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is ListValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value.toString()
    }

    /** A value that this version does not know; it is sent again as it came. */
    public class Unknown(
        public val raw: JsonElement,
    ) : TextContent {
        override fun toJson(): JsonElement = raw

        override fun equals(other: Any?): Boolean = other is Unknown && other.raw == raw

        override fun hashCode(): Int = raw.hashCode()

        override fun toString(): String = "Unknown(${shown(raw)})"
    }

    public companion object : Codec<TextContent> {
        private val alternatives: List<Alternative<TextContent>> by lazy {
            listOf(
                Alternative(setOf("string")) { StringValue(StringCodec.decode(it), it) },
                Alternative(setOf("array")) { ListValue(ListCodec(TextPart).decode(it), it) },
            )
        }

        override fun decode(element: JsonElement): TextContent =
            decodeUnion(element, alternatives) ?: Unknown(element)

        override fun encode(value: TextContent): JsonElement = value.toJson()

        /** This value as a [TextContent]. */
        public fun of(value: String): TextContent = StringValue(value)

        /** This value as a [TextContent]. */
        public fun of(value: List<TextPart>): TextContent = ListValue(value)
    }
}

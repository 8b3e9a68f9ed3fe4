package notes.models

import kotlinx.serialization.json.JsonElement
import notes.core.Alternative
import notes.core.Codec
import notes.core.JsonValue
import notes.core.ListCodec
import notes.core.StringCodec
import notes.core.decodeUnion
import notes.core.shown

/**
 * Text, or blocks.
 *
 * One of Content.StringValue, Content.ListValue, or [Unknown].
 */
public sealed interface Content : JsonValue {
    /** A `String`. */
    public class StringValue internal constructor(
        public val value: String,
        private val element: JsonElement,
    ) : Content {
        public constructor(value: String) : this(value, StringCodec.encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is StringValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value
    }

    /** A `List<Block>`. */
    public class ListValue internal constructor(
        public val value: List<Block>,
        private val element: JsonElement,
    ) : Content {
        public constructor(value: List<Block>) : this(value, ListCodec(Block).encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is ListValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value.toString()
    }

    /** A value that this version does not know; it is sent again as it came. */
    public class Unknown(
        public val raw: JsonElement,
    ) : Content {
        override fun toJson(): JsonElement = raw

        override fun equals(other: Any?): Boolean = other is Unknown && other.raw == raw

        override fun hashCode(): Int = raw.hashCode()

        override fun toString(): String = "Unknown(${shown(raw)})"
    }

    public companion object : Codec<Content> {
        private val alternatives: List<Alternative<Content>> by lazy {
            listOf(
                Alternative(setOf("string")) { StringValue(StringCodec.decode(it), it) },
                Alternative(setOf("array")) { ListValue(ListCodec(Block).decode(it), it) },
            )
        }

        override fun decode(element: JsonElement): Content =
            decodeUnion(element, alternatives) ?: Unknown(element)

        override fun encode(value: Content): JsonElement = value.toJson()

        /** This value as a [Content]. */
        public fun of(value: String): Content = StringValue(value)

        /** This value as a [Content]. */
        public fun of(value: List<Block>): Content = ListValue(value)
    }
}

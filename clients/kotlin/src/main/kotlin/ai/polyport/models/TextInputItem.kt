package ai.polyport.models

import ai.polyport.core.Alternative
import ai.polyport.core.Codec
import ai.polyport.core.JsonValue
import ai.polyport.core.ListCodec
import ai.polyport.core.LongCodec
import ai.polyport.core.StringCodec
import ai.polyport.core.decodeUnion
import ai.polyport.core.shown
import kotlinx.serialization.json.JsonElement

/**
 * A text, a token id of the only text, or a text as token ids.
 *
 * One of TextInputItem.StringValue, TextInputItem.IntegerValue, TextInputItem.ListValue, or [Unknown].
 */
public sealed interface TextInputItem : JsonValue {
    /** A `String`. */
    public class StringValue internal constructor(
        public val value: String,
        private val element: JsonElement,
    ) : TextInputItem {
        public constructor(value: String) : this(value, StringCodec.encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is StringValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value
    }

    /** A `Long`. */
    public class IntegerValue internal constructor(
        public val value: Long,
        private val element: JsonElement,
    ) : TextInputItem {
        public constructor(value: Long) : this(value, LongCodec.encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is IntegerValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value.toString()
    }

    /** A `List<Long>`. */
    public class ListValue internal constructor(
        public val value: List<Long>,
        private val element: JsonElement,
    ) : TextInputItem {
        public constructor(value: List<Long>) : this(value, ListCodec(LongCodec).encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is ListValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value.toString()
    }

    /** A value that this version does not know; it is sent again as it came. */
    public class Unknown(
        public val raw: JsonElement,
    ) : TextInputItem {
        override fun toJson(): JsonElement = raw

        override fun equals(other: Any?): Boolean = other is Unknown && other.raw == raw

        override fun hashCode(): Int = raw.hashCode()

        override fun toString(): String = "Unknown(${shown(raw)})"
    }

    public companion object : Codec<TextInputItem> {
        private val alternatives: List<Alternative<TextInputItem>> by lazy {
            listOf(
                Alternative(setOf("string")) { StringValue(StringCodec.decode(it), it) },
                Alternative(setOf("number")) { IntegerValue(LongCodec.decode(it), it) },
                Alternative(setOf("array")) { ListValue(ListCodec(LongCodec).decode(it), it) },
            )
        }

        override fun decode(element: JsonElement): TextInputItem =
            decodeUnion(element, alternatives) ?: Unknown(element)

        override fun encode(value: TextInputItem): JsonElement = value.toJson()

        /** This value as a [TextInputItem]. */
        public fun of(value: String): TextInputItem = StringValue(value)

        /** This value as a [TextInputItem]. */
        public fun of(value: Long): TextInputItem = IntegerValue(value)

        /** This value as a [TextInputItem]. */
        public fun of(value: List<Long>): TextInputItem = ListValue(value)
    }
}

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
 * A text, or several of them, each as a text or as token ids. A list of token ids alone is one text.
 *
 * One of TextInput.StringValue, TextInput.ListValue, or [Unknown].
 */
public sealed interface TextInput : JsonValue {
    /** A `String`. */
    public class StringValue internal constructor(
        public val value: String,
        private val element: JsonElement,
    ) : TextInput {
        public constructor(value: String) : this(value, StringCodec.encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is StringValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value
    }

    /** A `List<TextInputItem>`. */
    public class ListValue internal constructor(
        public val value: List<TextInputItem>,
        private val element: JsonElement,
    ) : TextInput {
        public constructor(value: List<TextInputItem>) : this(value, ListCodec(TextInputItem).encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is ListValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value.toString()
    }

    /** A value that this version does not know; it is sent again as it came. */
    public class Unknown(
        public val raw: JsonElement,
    ) : TextInput {
        override fun toJson(): JsonElement = raw

        override fun equals(other: Any?): Boolean = other is Unknown && other.raw == raw

        override fun hashCode(): Int = raw.hashCode()

        override fun toString(): String = "Unknown(${shown(raw)})"
    }

    public companion object : Codec<TextInput> {
        private val alternatives: List<Alternative<TextInput>> by lazy {
            listOf(
                Alternative(setOf("string")) { StringValue(StringCodec.decode(it), it) },
                Alternative(setOf("array")) { ListValue(ListCodec(TextInputItem).decode(it), it) },
            )
        }

        override fun decode(element: JsonElement): TextInput =
            decodeUnion(element, alternatives) ?: Unknown(element)

        override fun encode(value: TextInput): JsonElement = value.toJson()

        /** This value as a [TextInput]. */
        public fun of(value: String): TextInput = StringValue(value)

        /** This value as a [TextInput]. */
        public fun of(value: List<TextInputItem>): TextInput = ListValue(value)
    }
}

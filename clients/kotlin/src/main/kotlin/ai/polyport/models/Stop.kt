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
 * Where generation ends. The stop text itself is not part of the answer.
 *
 * One of Stop.StringValue, Stop.ListValue, or [Unknown].
 */
public sealed interface Stop : JsonValue {
    /** A `String`. */
    public class StringValue internal constructor(
        public val value: String,
        private val element: JsonElement,
    ) : Stop {
        public constructor(value: String) : this(value, StringCodec.encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is StringValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value
    }

    /** A `List<String>`. */
    public class ListValue internal constructor(
        public val value: List<String>,
        private val element: JsonElement,
    ) : Stop {
        public constructor(value: List<String>) : this(value, ListCodec(StringCodec).encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is ListValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value.toString()
    }

    /** A value that this version does not know; it is sent again as it came. */
    public class Unknown(
        public val raw: JsonElement,
    ) : Stop {
        override fun toJson(): JsonElement = raw

        override fun equals(other: Any?): Boolean = other is Unknown && other.raw == raw

        override fun hashCode(): Int = raw.hashCode()

        override fun toString(): String = "Unknown(${shown(raw)})"
    }

    public companion object : Codec<Stop> {
        private val alternatives: List<Alternative<Stop>> by lazy {
            listOf(
                Alternative(setOf("string")) { StringValue(StringCodec.decode(it), it) },
                Alternative(setOf("array")) { ListValue(ListCodec(StringCodec).decode(it), it) },
            )
        }

        override fun decode(element: JsonElement): Stop =
            decodeUnion(element, alternatives) ?: Unknown(element)

        override fun encode(value: Stop): JsonElement = value.toJson()

        /** This value as a [Stop]. */
        public fun of(value: String): Stop = StringValue(value)

        /** This value as a [Stop]. */
        public fun of(value: List<String>): Stop = ListValue(value)
    }
}

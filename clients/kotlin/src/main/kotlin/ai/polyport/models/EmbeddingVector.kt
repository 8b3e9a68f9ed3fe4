package ai.polyport.models

import ai.polyport.core.Alternative
import ai.polyport.core.Codec
import ai.polyport.core.DoubleCodec
import ai.polyport.core.JsonValue
import ai.polyport.core.ListCodec
import ai.polyport.core.StringCodec
import ai.polyport.core.decodeUnion
import ai.polyport.core.shown
import kotlinx.serialization.json.JsonElement

/**
 * A vector, in the form that `encoding_format` asked for.
 *
 * One of EmbeddingVector.ListValue, EmbeddingVector.StringValue, or [Unknown].
 */
public sealed interface EmbeddingVector : JsonValue {
    /** A `List<Double>`. */
    public class ListValue internal constructor(
        public val value: List<Double>,
        private val element: JsonElement,
    ) : EmbeddingVector {
        public constructor(value: List<Double>) : this(value, ListCodec(DoubleCodec).encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is ListValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value.toString()
    }

    /** A `String`. */
    public class StringValue internal constructor(
        public val value: String,
        private val element: JsonElement,
    ) : EmbeddingVector {
        public constructor(value: String) : this(value, StringCodec.encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is StringValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value
    }

    /** A value that this version does not know; it is sent again as it came. */
    public class Unknown(
        public val raw: JsonElement,
    ) : EmbeddingVector {
        override fun toJson(): JsonElement = raw

        override fun equals(other: Any?): Boolean = other is Unknown && other.raw == raw

        override fun hashCode(): Int = raw.hashCode()

        override fun toString(): String = "Unknown(${shown(raw)})"
    }

    public companion object : Codec<EmbeddingVector> {
        private val alternatives: List<Alternative<EmbeddingVector>> by lazy {
            listOf(
                Alternative(setOf("array")) { ListValue(ListCodec(DoubleCodec).decode(it), it) },
                Alternative(setOf("string")) { StringValue(StringCodec.decode(it), it) },
            )
        }

        override fun decode(element: JsonElement): EmbeddingVector =
            decodeUnion(element, alternatives) ?: Unknown(element)

        override fun encode(value: EmbeddingVector): JsonElement = value.toJson()

        /** This value as a [EmbeddingVector]. */
        public fun of(value: List<Double>): EmbeddingVector = ListValue(value)

        /** This value as a [EmbeddingVector]. */
        public fun of(value: String): EmbeddingVector = StringValue(value)
    }
}

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
 * What the user says.
 *
 * One of UserContent.StringValue, UserContent.ListValue, or [Unknown].
 */
public sealed interface UserContent : JsonValue {
    /** A `String`. */
    public class StringValue internal constructor(
        public val value: String,
        private val element: JsonElement,
    ) : UserContent {
        public constructor(value: String) : this(value, StringCodec.encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is StringValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value
    }

    /** A `List<ContentPart>`. */
    public class ListValue internal constructor(
        public val value: List<ContentPart>,
        private val element: JsonElement,
    ) : UserContent {
        public constructor(value: List<ContentPart>) : this(value, ListCodec(ContentPart).encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is ListValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value.toString()
    }

    /** A value that this version does not know; it is sent again as it came. */
    public class Unknown(
        public val raw: JsonElement,
    ) : UserContent {
        override fun toJson(): JsonElement = raw

        override fun equals(other: Any?): Boolean = other is Unknown && other.raw == raw

        override fun hashCode(): Int = raw.hashCode()

        override fun toString(): String = "Unknown(${shown(raw)})"
    }

    public companion object : Codec<UserContent> {
        private val alternatives: List<Alternative<UserContent>> by lazy {
            listOf(
                Alternative(setOf("string")) { StringValue(StringCodec.decode(it), it) },
                Alternative(setOf("array")) { ListValue(ListCodec(ContentPart).decode(it), it) },
            )
        }

        override fun decode(element: JsonElement): UserContent =
            decodeUnion(element, alternatives) ?: Unknown(element)

        override fun encode(value: UserContent): JsonElement = value.toJson()

        /** This value as a [UserContent]. */
        public fun of(value: String): UserContent = StringValue(value)

        /** This value as a [UserContent]. */
        public fun of(value: List<ContentPart>): UserContent = ListValue(value)
    }
}

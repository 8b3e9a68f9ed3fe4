package ai.polyport.models

import ai.polyport.core.Alternative
import ai.polyport.core.Codec
import ai.polyport.core.JsonValue
import ai.polyport.core.decodeUnion
import ai.polyport.core.modelAlternative
import ai.polyport.core.shown
import kotlinx.serialization.json.JsonElement

/**
 * Whether the model calls tools, and which.
 *
 * One of ToolChoice.ToolChoiceModeValue, NamedToolChoice, or [Unknown].
 */
public sealed interface ToolChoice : JsonValue {
    /** A `ToolChoiceMode`. */
    public class ToolChoiceModeValue internal constructor(
        public val value: ToolChoiceMode,
        private val element: JsonElement,
    ) : ToolChoice {
        public constructor(value: ToolChoiceMode) : this(value, ToolChoiceMode.encode(value))

        override fun toJson(): JsonElement = element

        override fun equals(other: Any?): Boolean = other is ToolChoiceModeValue && other.value == value

        override fun hashCode(): Int = value.hashCode()

        override fun toString(): String = value.toString()
    }

    /** A value that this version does not know; it is sent again as it came. */
    public class Unknown(
        public val raw: JsonElement,
    ) : ToolChoice {
        override fun toJson(): JsonElement = raw

        override fun equals(other: Any?): Boolean = other is Unknown && other.raw == raw

        override fun hashCode(): Int = raw.hashCode()

        override fun toString(): String = "Unknown(${shown(raw)})"
    }

    public companion object : Codec<ToolChoice> {
        private val alternatives: List<Alternative<ToolChoice>> by lazy {
            listOf(
                Alternative(setOf("string")) { ToolChoiceModeValue(ToolChoiceMode.decode(it), it) },
                modelAlternative(NamedToolChoice, keys = listOf("type", "function")),
            )
        }

        override fun decode(element: JsonElement): ToolChoice =
            decodeUnion(element, alternatives) ?: Unknown(element)

        override fun encode(value: ToolChoice): JsonElement = value.toJson()

        /** This value as a [ToolChoice]. */
        public fun of(value: ToolChoiceMode): ToolChoice = ToolChoiceModeValue(value)
    }
}

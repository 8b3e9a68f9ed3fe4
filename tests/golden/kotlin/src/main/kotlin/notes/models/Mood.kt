package notes.models

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive
import notes.core.Codec
import notes.core.OpenEnum
import notes.core.StringCodec

/**
 * `Mood` of the API.
 *
 * Other values are values too: `Mood(...)`.
 */
@JvmInline
public value class Mood(
    override val value: String,
) : OpenEnum<String> {
    override fun toJson(): JsonElement = JsonPrimitive(value)

    override fun toString(): String = value

    public companion object : Codec<Mood> {
        /** `happy` */
        public val HAPPY: Mood = Mood("happy")

        /** `+1` */
        public val PLUS_1: Mood = Mood("+1")

        /** `ü` */
        public val Ü: Mood = Mood("ü")

        /** `in` */
        public val IN: Mood = Mood("in")

        override fun decode(element: JsonElement): Mood = Mood(StringCodec.decode(element))

        override fun encode(value: Mood): JsonElement = value.toJson()
    }
}

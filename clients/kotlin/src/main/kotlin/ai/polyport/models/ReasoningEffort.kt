package ai.polyport.models

import ai.polyport.core.Codec
import ai.polyport.core.OpenEnum
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/**
 * How much a reasoning model shall think.
 *
 * Other values are values too: `ReasoningEffort(...)`.
 */
@JvmInline
public value class ReasoningEffort(
    override val value: String,
) : OpenEnum<String> {
    override fun toJson(): JsonElement = JsonPrimitive(value)

    override fun toString(): String = value

    public companion object : Codec<ReasoningEffort> {
        /** `none` */
        public val NONE: ReasoningEffort = ReasoningEffort("none")

        /** `minimal` */
        public val MINIMAL: ReasoningEffort = ReasoningEffort("minimal")

        /** `low` */
        public val LOW: ReasoningEffort = ReasoningEffort("low")

        /** `medium` */
        public val MEDIUM: ReasoningEffort = ReasoningEffort("medium")

        /** `high` */
        public val HIGH: ReasoningEffort = ReasoningEffort("high")

        /** `xhigh` */
        public val XHIGH: ReasoningEffort = ReasoningEffort("xhigh")

        override fun decode(element: JsonElement): ReasoningEffort = ReasoningEffort(StringCodec.decode(element))

        override fun encode(value: ReasoningEffort): JsonElement = value.toJson()
    }
}

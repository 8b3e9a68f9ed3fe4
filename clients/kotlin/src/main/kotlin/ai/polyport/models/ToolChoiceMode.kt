package ai.polyport.models

import ai.polyport.core.Codec
import ai.polyport.core.OpenEnum
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/**
 * `none` never calls a tool, `auto` leaves it to the model, `required` calls at least one. The default is `auto` when
 * there are tools.
 *
 * Other values are values too: `ToolChoiceMode(...)`.
 */
@JvmInline
public value class ToolChoiceMode(
    override val value: String,
) : OpenEnum<String> {
    override fun toJson(): JsonElement = JsonPrimitive(value)

    override fun toString(): String = value

    public companion object : Codec<ToolChoiceMode> {
        /** `none` */
        public val NONE: ToolChoiceMode = ToolChoiceMode("none")

        /** `auto` */
        public val AUTO: ToolChoiceMode = ToolChoiceMode("auto")

        /** `required` */
        public val REQUIRED: ToolChoiceMode = ToolChoiceMode("required")

        override fun decode(element: JsonElement): ToolChoiceMode = ToolChoiceMode(StringCodec.decode(element))

        override fun encode(value: ToolChoiceMode): JsonElement = value.toJson()
    }
}

package ai.polyport.models

import ai.polyport.core.Codec
import ai.polyport.core.OpenEnum
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/**
 * Why the answer ended: `stop` at its natural end or a stop text, `length` at the token limit, `tool_calls` because
 * tools are called, `content_filter` because a filter cut it.
 *
 * Other values are values too: `FinishReason(...)`.
 */
@JvmInline
public value class FinishReason(
    override val value: String,
) : OpenEnum<String> {
    override fun toJson(): JsonElement = JsonPrimitive(value)

    override fun toString(): String = value

    public companion object : Codec<FinishReason> {
        /** `stop` */
        public val STOP: FinishReason = FinishReason("stop")

        /** `length` */
        public val LENGTH: FinishReason = FinishReason("length")

        /** `tool_calls` */
        public val TOOL_CALLS: FinishReason = FinishReason("tool_calls")

        /** `content_filter` */
        public val CONTENT_FILTER: FinishReason = FinishReason("content_filter")

        override fun decode(element: JsonElement): FinishReason = FinishReason(StringCodec.decode(element))

        override fun encode(value: FinishReason): JsonElement = value.toJson()
    }
}

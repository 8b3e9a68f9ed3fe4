package ai.polyport.models

import ai.polyport.core.Codec
import ai.polyport.core.OpenEnum
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/**
 * `starting` while models are being loaded, `ok` when all is there, `draining` while it shuts down.
 *
 * Other values are values too: `HealthStatus(...)`.
 */
@JvmInline
public value class HealthStatus(
    override val value: String,
) : OpenEnum<String> {
    override fun toJson(): JsonElement = JsonPrimitive(value)

    override fun toString(): String = value

    public companion object : Codec<HealthStatus> {
        /** `starting` */
        public val STARTING: HealthStatus = HealthStatus("starting")

        /** `ok` */
        public val OK: HealthStatus = HealthStatus("ok")

        /** `draining` */
        public val DRAINING: HealthStatus = HealthStatus("draining")

        override fun decode(element: JsonElement): HealthStatus = HealthStatus(StringCodec.decode(element))

        override fun encode(value: HealthStatus): JsonElement = value.toJson()
    }
}

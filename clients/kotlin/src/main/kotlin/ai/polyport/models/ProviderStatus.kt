package ai.polyport.models

import ai.polyport.core.Codec
import ai.polyport.core.OpenEnum
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/**
 * `starting` until it can serve, `up` when it can, `degraded` when requests have failed lately, `down` when it is not
 * asked for now.
 *
 * Other values are values too: `ProviderStatus(...)`.
 */
@JvmInline
public value class ProviderStatus(
    override val value: String,
) : OpenEnum<String> {
    override fun toJson(): JsonElement = JsonPrimitive(value)

    override fun toString(): String = value

    public companion object : Codec<ProviderStatus> {
        /** `starting` */
        public val STARTING: ProviderStatus = ProviderStatus("starting")

        /** `up` */
        public val UP: ProviderStatus = ProviderStatus("up")

        /** `degraded` */
        public val DEGRADED: ProviderStatus = ProviderStatus("degraded")

        /** `down` */
        public val DOWN: ProviderStatus = ProviderStatus("down")

        override fun decode(element: JsonElement): ProviderStatus = ProviderStatus(StringCodec.decode(element))

        override fun encode(value: ProviderStatus): JsonElement = value.toJson()
    }
}

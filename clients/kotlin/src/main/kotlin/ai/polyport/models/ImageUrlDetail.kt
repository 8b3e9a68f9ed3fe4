package ai.polyport.models

import ai.polyport.core.Codec
import ai.polyport.core.OpenEnum
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/**
 * How closely to look. More detail costs more tokens; `auto` leaves the choice to the model.
 *
 * Other values than these constants are values too: `ImageUrlDetail(...)`.
 */
@JvmInline
public value class ImageUrlDetail(
    override val value: String,
) : OpenEnum<String> {
    override fun toJson(): JsonElement = JsonPrimitive(value)

    override fun toString(): String = value

    public companion object : Codec<ImageUrlDetail> {
        /** `auto` */
        public val AUTO: ImageUrlDetail = ImageUrlDetail("auto")

        /** `low` */
        public val LOW: ImageUrlDetail = ImageUrlDetail("low")

        /** `high` */
        public val HIGH: ImageUrlDetail = ImageUrlDetail("high")

        override fun decode(element: JsonElement): ImageUrlDetail = ImageUrlDetail(StringCodec.decode(element))

        override fun encode(value: ImageUrlDetail): JsonElement = value.toJson()
    }
}

package ai.polyport.models

import ai.polyport.core.Codec
import ai.polyport.core.OpenEnum
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/**
 * How the vectors are written, as lists of numbers or as base64 of 32-bit little-endian floats.
 *
 * Other values than these constants are values too: `EmbeddingRequestEncodingFormat(...)`.
 */
@JvmInline
public value class EmbeddingRequestEncodingFormat(
    override val value: String,
) : OpenEnum<String> {
    override fun toJson(): JsonElement = JsonPrimitive(value)

    override fun toString(): String = value

    public companion object : Codec<EmbeddingRequestEncodingFormat> {
        /** `float` */
        public val FLOAT: EmbeddingRequestEncodingFormat = EmbeddingRequestEncodingFormat("float")

        /** `base64` */
        public val BASE64: EmbeddingRequestEncodingFormat = EmbeddingRequestEncodingFormat("base64")

        override fun decode(element: JsonElement): EmbeddingRequestEncodingFormat =
            EmbeddingRequestEncodingFormat(StringCodec.decode(element))

        override fun encode(value: EmbeddingRequestEncodingFormat): JsonElement = value.toJson()
    }
}

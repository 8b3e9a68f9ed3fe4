package ai.polyport.resources

import ai.polyport.core.Arguments
import ai.polyport.core.CallBuilder
import ai.polyport.core.LongCodec
import ai.polyport.core.StringCodec
import ai.polyport.models.EmbeddingRequest

/** The optional arguments of `createEmbedding`. */
public class EmbeddingsCreateParams internal constructor(
    arguments: Arguments,
) : CallBuilder(arguments) {
    /**
     * How the vectors are written, as lists of numbers or as base64 of 32-bit little-endian floats.
     *
     * Default: `"float"`.
     */
    @get:JvmName("getEncodingFormat")
    @set:JvmName("setEncodingFormat")
    public var encodingFormat: EmbeddingRequest.EncodingFormat?
        get() = read("encoding_format", EmbeddingRequest.EncodingFormat)
        set(value) = write("encoding_format", EmbeddingRequest.EncodingFormat, value)

    /** The length of the vectors, for models that can shorten them. */
    public var dimensions: Long?
        get() = read("dimensions", LongCodec)
        set(value) = write("dimensions", LongCodec, value)

    /** Names the end user, for finding abuse. */
    public var user: String?
        get() = read("user", StringCodec)
        set(value) = write("user", StringCodec, value)
}

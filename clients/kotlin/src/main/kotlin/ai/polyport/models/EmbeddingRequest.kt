package ai.polyport.models

import ai.polyport.core.Codec
import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.OpenEnum
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** Texts, and the model that shall embed them. */
public class EmbeddingRequest internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The model's id, as `GET /v1/models` lists it. */
    public val model: String get() = required("model", StringCodec)

    /** A text, or several of them, each as a text or as token ids. A list of token ids alone is one text. */
    public val input: TextInput get() = required("input", TextInput)

    /**
     * How the vectors are written, as lists of numbers or as base64 of 32-bit little-endian floats.
     *
     * Default: `"float"`.
     */
    @get:JvmName("getEncodingFormat")
    public val encodingFormat: EmbeddingRequest.EncodingFormat?
        get() = optional("encoding_format", EmbeddingRequest.EncodingFormat)

    /** The length of the vectors, for models that can shorten them. */
    public val dimensions: Long? get() = optional("dimensions", LongCodec)

    /** Names the end user, for finding abuse. */
    public val user: String? get() = optional("user", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): EmbeddingRequest =
        EmbeddingRequest(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [EmbeddingRequest] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The model's id, as `GET /v1/models` lists it. */
        public var model: String
            get() = readRequired("model", StringCodec)
            set(value) = write("model", StringCodec, value)

        /** A text, or several of them, each as a text or as token ids. A list of token ids alone is one text. */
        public var input: TextInput
            get() = readRequired("input", TextInput)
            set(value) = write("input", TextInput, value)

        /** Sets [input] to a bare string. */
        public fun input(value: String) {
            this.input = TextInput.of(value)
        }

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

    public companion object : ModelCodec<EmbeddingRequest>(::EmbeddingRequest) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(model: String, input: TextInput, block: Builder.() -> Unit = {}): EmbeddingRequest {
            val builder = Builder(LinkedHashMap())
            builder.write("model", StringCodec, model)
            builder.write("input", TextInput, input)
            return EmbeddingRequest(builder.apply(block).finish())
        }

        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(model: String, input: String, block: Builder.() -> Unit = {}): EmbeddingRequest =
            invoke(model, TextInput.of(input), block)
    }

    /**
     * How the vectors are written, as lists of numbers or as base64 of 32-bit little-endian floats.
     *
     * Other values are values too: `EncodingFormat(...)`.
     */
    @JvmInline
    public value class EncodingFormat(
        override val value: String,
    ) : OpenEnum<String> {
        override fun toJson(): JsonElement = JsonPrimitive(value)

        override fun toString(): String = value

        public companion object : Codec<EncodingFormat> {
            /** `float` */
            public val FLOAT: EncodingFormat = EncodingFormat("float")

            /** `base64` */
            public val BASE64: EncodingFormat = EncodingFormat("base64")

            override fun decode(element: JsonElement): EncodingFormat = EncodingFormat(StringCodec.decode(element))

            override fun encode(value: EncodingFormat): JsonElement = value.toJson()
        }
    }
}

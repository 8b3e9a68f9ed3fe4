package ai.polyport.models

import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** The vector of one input. */
public class Embedding internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Always `embedding`. */
    public val `object`: String get() = required("object", StringCodec)

    /** The position of the input. */
    public val index: Long get() = required("index", LongCodec)

    /** A vector, in the form that `encoding_format` asked for. */
    public val embedding: EmbeddingVector get() = required("embedding", EmbeddingVector)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): Embedding =
        Embedding(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [Embedding] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The position of the input. */
        public var index: Long
            get() = readRequired("index", LongCodec)
            set(value) = write("index", LongCodec, value)

        /** A vector, in the form that `encoding_format` asked for. */
        public var embedding: EmbeddingVector
            get() = readRequired("embedding", EmbeddingVector)
            set(value) = write("embedding", EmbeddingVector, value)

        /** Sets [embedding] to a bare string. */
        public fun embedding(value: String) {
            this.embedding = EmbeddingVector.of(value)
        }
    }

    public companion object : ModelCodec<Embedding>(::Embedding) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(index: Long, embedding: EmbeddingVector, block: Builder.() -> Unit = {}): Embedding {
            val builder = Builder(LinkedHashMap())
            builder.write("object", StringCodec, "embedding")
            builder.write("index", LongCodec, index)
            builder.write("embedding", EmbeddingVector, embedding)
            return Embedding(builder.apply(block).finish())
        }

        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(index: Long, embedding: String, block: Builder.() -> Unit = {}): Embedding =
            invoke(index, EmbeddingVector.of(embedding), block)
    }
}

package ai.polyport.models

import ai.polyport.core.ListCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** The vectors of all inputs. */
public class EmbeddingList internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Always `list`. */
    public val `object`: String get() = required("object", StringCodec)

    /** One vector for each input, in their order. */
    public val data: List<Embedding> get() = required("data", ListCodec(Embedding))

    /** The model that made them. */
    public val model: String get() = required("model", StringCodec)

    /** How many tokens a request used. */
    public val usage: EmbeddingUsage get() = required("usage", EmbeddingUsage)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): EmbeddingList =
        EmbeddingList(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [EmbeddingList] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** One vector for each input, in their order. */
        public var data: List<Embedding>
            get() = readRequired("data", ListCodec(Embedding))
            set(value) = write("data", ListCodec(Embedding), value)

        /** The model that made them. */
        public var model: String
            get() = readRequired("model", StringCodec)
            set(value) = write("model", StringCodec, value)

        /** How many tokens a request used. */
        public var usage: EmbeddingUsage
            get() = readRequired("usage", EmbeddingUsage)
            set(value) = write("usage", EmbeddingUsage, value)
    }

    public companion object : ModelCodec<EmbeddingList>(::EmbeddingList) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(
            data: List<Embedding>,
            model: String,
            usage: EmbeddingUsage,
            block: Builder.() -> Unit = {},
        ): EmbeddingList {
            val builder = Builder(LinkedHashMap())
            builder.write("object", StringCodec, "list")
            builder.write("data", ListCodec(Embedding), data)
            builder.write("model", StringCodec, model)
            builder.write("usage", EmbeddingUsage, usage)
            return EmbeddingList(builder.apply(block).finish())
        }
    }
}

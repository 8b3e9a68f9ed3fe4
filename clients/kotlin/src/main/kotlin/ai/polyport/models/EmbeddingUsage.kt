package ai.polyport.models

import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** How many tokens a request used. */
public class EmbeddingUsage internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Tokens in the inputs. */
    public val promptTokens: Long get() = required("prompt_tokens", LongCodec)

    /** The same, since nothing is generated. */
    public val totalTokens: Long get() = required("total_tokens", LongCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): EmbeddingUsage =
        EmbeddingUsage(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [EmbeddingUsage] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Tokens in the inputs. */
        public var promptTokens: Long
            get() = readRequired("prompt_tokens", LongCodec)
            set(value) = write("prompt_tokens", LongCodec, value)

        /** The same, since nothing is generated. */
        public var totalTokens: Long
            get() = readRequired("total_tokens", LongCodec)
            set(value) = write("total_tokens", LongCodec, value)
    }

    public companion object : ModelCodec<EmbeddingUsage>(::EmbeddingUsage) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(
            promptTokens: Long,
            totalTokens: Long,
            block: Builder.() -> Unit = {},
        ): EmbeddingUsage {
            val builder = Builder(LinkedHashMap())
            builder.write("prompt_tokens", LongCodec, promptTokens)
            builder.write("total_tokens", LongCodec, totalTokens)
            return EmbeddingUsage(builder.apply(block).finish())
        }
    }
}

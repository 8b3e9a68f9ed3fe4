package ai.polyport.models

import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** How many tokens a request used. */
public class Usage internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Tokens in the prompt. */
    public val promptTokens: Long get() = required("prompt_tokens", LongCodec)

    /** Tokens that were generated. */
    public val completionTokens: Long get() = required("completion_tokens", LongCodec)

    /** The sum of both. */
    public val totalTokens: Long get() = required("total_tokens", LongCodec)

    /** Where the prompt's tokens went, when the provider tells. */
    public val promptTokensDetails: PromptTokensDetails? get() = optional("prompt_tokens_details", PromptTokensDetails)

    /** What the generated tokens were, when the provider tells. */
    public val completionTokensDetails: CompletionTokensDetails?
        get() = optional("completion_tokens_details", CompletionTokensDetails)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): Usage =
        Usage(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [Usage] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Tokens in the prompt. */
        public var promptTokens: Long
            get() = readRequired("prompt_tokens", LongCodec)
            set(value) = write("prompt_tokens", LongCodec, value)

        /** Tokens that were generated. */
        public var completionTokens: Long
            get() = readRequired("completion_tokens", LongCodec)
            set(value) = write("completion_tokens", LongCodec, value)

        /** The sum of both. */
        public var totalTokens: Long
            get() = readRequired("total_tokens", LongCodec)
            set(value) = write("total_tokens", LongCodec, value)

        /** Where the prompt's tokens went, when the provider tells. */
        public var promptTokensDetails: PromptTokensDetails?
            get() = read("prompt_tokens_details", PromptTokensDetails)
            set(value) = writeNullable("prompt_tokens_details", PromptTokensDetails, value)

        /** What the generated tokens were, when the provider tells. */
        public var completionTokensDetails: CompletionTokensDetails?
            get() = read("completion_tokens_details", CompletionTokensDetails)
            set(value) = writeNullable("completion_tokens_details", CompletionTokensDetails, value)
    }

    public companion object : ModelCodec<Usage>(::Usage) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(
            promptTokens: Long,
            completionTokens: Long,
            totalTokens: Long,
            block: Builder.() -> Unit = {},
        ): Usage {
            val builder = Builder(LinkedHashMap())
            builder.write("prompt_tokens", LongCodec, promptTokens)
            builder.write("completion_tokens", LongCodec, completionTokens)
            builder.write("total_tokens", LongCodec, totalTokens)
            return Usage(builder.apply(block).finish())
        }
    }
}

package ai.polyport.models

import ai.polyport.core.BooleanCodec
import ai.polyport.core.DoubleCodec
import ai.polyport.core.LongCodec
import ai.polyport.core.MapCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A text, the model that shall continue it, and how. */
public class CompletionRequest internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The model's id, as `GET /v1/models` lists it. */
    public val model: String get() = required("model", StringCodec)

    /** A text, or several of them, each as a text or as token ids. A list of token ids alone is one text. */
    public val prompt: TextInput get() = required("prompt", TextInput)

    /**
     * Whether the answer comes as a stream of server-sent events.
     *
     * Default: `false`.
     */
    public val stream: Boolean? get() = optional("stream", BooleanCodec)

    /** Settings of a streamed answer. */
    public val streamOptions: StreamOptions? get() = optional("stream_options", StreamOptions)

    /**
     * The most tokens to generate.
     *
     * Default: `16`.
     */
    public val maxTokens: Long? get() = optional("max_tokens", LongCodec)

    /**
     * How freely to choose tokens. 0 always takes the likeliest. Change this or `top_p`, but not both.
     *
     * Default: `1`.
     */
    public val temperature: Double? get() = optional("temperature", DoubleCodec)

    /**
     * Only the likeliest tokens whose probabilities add up to this are considered.
     *
     * Default: `1`.
     */
    public val topP: Double? get() = optional("top_p", DoubleCodec)

    /**
     * How many answers to generate for each prompt.
     *
     * Default: `1`.
     */
    public val n: Long? get() = optional("n", LongCodec)

    /**
     * How many answers to generate, of which the likeliest `n` are given. Cannot be streamed.
     *
     * Default: `1`.
     */
    public val bestOf: Long? get() = optional("best_of", LongCodec)

    /**
     * Whether the answer begins with the prompt.
     *
     * Default: `false`.
     */
    public val echo: Boolean? get() = optional("echo", BooleanCodec)

    /** Text that comes after the answer, for models that fill gaps. */
    public val suffix: String? get() = optional("suffix", StringCodec)

    /** Where generation ends. The stop text itself is not part of the answer. */
    public val stop: Stop? get() = optional("stop", Stop)

    /** The same seed and the same request give the same answer, as far as the provider can promise it. */
    public val seed: Long? get() = optional("seed", LongCodec)

    /**
     * Above 0, tokens become less likely the more often they occurred so far.
     *
     * Default: `0`.
     */
    public val frequencyPenalty: Double? get() = optional("frequency_penalty", DoubleCodec)

    /**
     * Above 0, tokens that occurred at all become less likely.
     *
     * Default: `0`.
     */
    public val presencePenalty: Double? get() = optional("presence_penalty", DoubleCodec)

    /** Added to the logits of the given tokens. Keys are token ids. */
    public val logitBias: Map<String, Double>? get() = optional("logit_bias", MapCodec(DoubleCodec))

    /** How many of the likeliest tokens to tell at each position, beside the generated one. */
    public val logprobs: Long? get() = optional("logprobs", LongCodec)

    /** Names the end user, for finding abuse. */
    public val user: String? get() = optional("user", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): CompletionRequest =
        CompletionRequest(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [CompletionRequest] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The model's id, as `GET /v1/models` lists it. */
        public var model: String
            get() = readRequired("model", StringCodec)
            set(value) = write("model", StringCodec, value)

        /** A text, or several of them, each as a text or as token ids. A list of token ids alone is one text. */
        public var prompt: TextInput
            get() = readRequired("prompt", TextInput)
            set(value) = write("prompt", TextInput, value)

        /** Sets [prompt] to a bare string. */
        public fun prompt(value: String) {
            this.prompt = TextInput.of(value)
        }

        /**
         * Whether the answer comes as a stream of server-sent events.
         *
         * Default: `false`.
         */
        public var stream: Boolean?
            get() = read("stream", BooleanCodec)
            set(value) = writeNullable("stream", BooleanCodec, value)

        /** Settings of a streamed answer. */
        public var streamOptions: StreamOptions?
            get() = read("stream_options", StreamOptions)
            set(value) = writeNullable("stream_options", StreamOptions, value)

        /**
         * The most tokens to generate.
         *
         * Default: `16`.
         */
        public var maxTokens: Long?
            get() = read("max_tokens", LongCodec)
            set(value) = writeNullable("max_tokens", LongCodec, value)

        /**
         * How freely to choose tokens. 0 always takes the likeliest. Change this or `top_p`, but not both.
         *
         * Default: `1`.
         */
        public var temperature: Double?
            get() = read("temperature", DoubleCodec)
            set(value) = writeNullable("temperature", DoubleCodec, value)

        /**
         * Only the likeliest tokens whose probabilities add up to this are considered.
         *
         * Default: `1`.
         */
        public var topP: Double?
            get() = read("top_p", DoubleCodec)
            set(value) = writeNullable("top_p", DoubleCodec, value)

        /**
         * How many answers to generate for each prompt.
         *
         * Default: `1`.
         */
        public var n: Long?
            get() = read("n", LongCodec)
            set(value) = writeNullable("n", LongCodec, value)

        /**
         * How many answers to generate, of which the likeliest `n` are given. Cannot be streamed.
         *
         * Default: `1`.
         */
        public var bestOf: Long?
            get() = read("best_of", LongCodec)
            set(value) = writeNullable("best_of", LongCodec, value)

        /**
         * Whether the answer begins with the prompt.
         *
         * Default: `false`.
         */
        public var echo: Boolean?
            get() = read("echo", BooleanCodec)
            set(value) = writeNullable("echo", BooleanCodec, value)

        /** Text that comes after the answer, for models that fill gaps. */
        public var suffix: String?
            get() = read("suffix", StringCodec)
            set(value) = writeNullable("suffix", StringCodec, value)

        /** Where generation ends. The stop text itself is not part of the answer. */
        public var stop: Stop?
            get() = read("stop", Stop)
            set(value) = writeNullable("stop", Stop, value)

        /** Sets [stop] to a bare string. */
        public fun stop(value: String) {
            this.stop = Stop.of(value)
        }

        /** The same seed and the same request give the same answer, as far as the provider can promise it. */
        public var seed: Long?
            get() = read("seed", LongCodec)
            set(value) = writeNullable("seed", LongCodec, value)

        /**
         * Above 0, tokens become less likely the more often they occurred so far.
         *
         * Default: `0`.
         */
        public var frequencyPenalty: Double?
            get() = read("frequency_penalty", DoubleCodec)
            set(value) = writeNullable("frequency_penalty", DoubleCodec, value)

        /**
         * Above 0, tokens that occurred at all become less likely.
         *
         * Default: `0`.
         */
        public var presencePenalty: Double?
            get() = read("presence_penalty", DoubleCodec)
            set(value) = writeNullable("presence_penalty", DoubleCodec, value)

        /** Added to the logits of the given tokens. Keys are token ids. */
        public var logitBias: Map<String, Double>?
            get() = read("logit_bias", MapCodec(DoubleCodec))
            set(value) = writeNullable("logit_bias", MapCodec(DoubleCodec), value)

        /** How many of the likeliest tokens to tell at each position, beside the generated one. */
        public var logprobs: Long?
            get() = read("logprobs", LongCodec)
            set(value) = writeNullable("logprobs", LongCodec, value)

        /** Names the end user, for finding abuse. */
        public var user: String?
            get() = read("user", StringCodec)
            set(value) = write("user", StringCodec, value)
    }

    public companion object : ModelCodec<CompletionRequest>(::CompletionRequest) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(model: String, prompt: TextInput, block: Builder.() -> Unit = {}): CompletionRequest {
            val builder = Builder(LinkedHashMap())
            builder.write("model", StringCodec, model)
            builder.write("prompt", TextInput, prompt)
            return CompletionRequest(builder.apply(block).finish())
        }

        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(model: String, prompt: String, block: Builder.() -> Unit = {}): CompletionRequest =
            invoke(model, TextInput.of(prompt), block)
    }
}

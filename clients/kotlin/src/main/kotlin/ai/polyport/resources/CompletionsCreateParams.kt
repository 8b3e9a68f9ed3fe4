package ai.polyport.resources

import ai.polyport.core.Arguments
import ai.polyport.core.BooleanCodec
import ai.polyport.core.CallBuilder
import ai.polyport.core.DoubleCodec
import ai.polyport.core.LongCodec
import ai.polyport.core.MapCodec
import ai.polyport.core.StringCodec
import ai.polyport.models.Stop
import ai.polyport.models.StreamOptions

/** The optional arguments of `createCompletion`. */
public class CompletionsCreateParams internal constructor(
    arguments: Arguments,
) : CallBuilder(arguments) {
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

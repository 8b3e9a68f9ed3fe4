package ai.polyport.resources

import ai.polyport.core.Arguments
import ai.polyport.core.BooleanCodec
import ai.polyport.core.CallBuilder
import ai.polyport.core.DoubleCodec
import ai.polyport.core.ListCodec
import ai.polyport.core.LongCodec
import ai.polyport.core.MapCodec
import ai.polyport.core.StringCodec
import ai.polyport.models.ReasoningEffort
import ai.polyport.models.ResponseFormat
import ai.polyport.models.Stop
import ai.polyport.models.StreamOptions
import ai.polyport.models.Tool
import ai.polyport.models.ToolChoice

/** The optional arguments of `createChatCompletion`. */
public class ChatCompletionsCreateParams internal constructor(
    arguments: Arguments,
) : CallBuilder(arguments) {
    /** Settings of a streamed answer. */
    public var streamOptions: StreamOptions?
        get() = read("stream_options", StreamOptions)
        set(value) = writeNullable("stream_options", StreamOptions, value)

    /** The most tokens to generate, those for reasoning included. */
    public var maxCompletionTokens: Long?
        get() = read("max_completion_tokens", LongCodec)
        set(value) = writeNullable("max_completion_tokens", LongCodec, value)

    /** The most tokens to generate. Older name of `max_completion_tokens`, which wins when both are there. */
    @Deprecated("Deprecated by the API.")
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
     * How many answers to generate.
     *
     * Default: `1`.
     */
    public var n: Long?
        get() = read("n", LongCodec)
        set(value) = writeNullable("n", LongCodec, value)

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

    /**
     * Whether to tell the log probability of every generated token.
     *
     * Default: `false`.
     */
    public var logprobs: Boolean?
        get() = read("logprobs", BooleanCodec)
        set(value) = writeNullable("logprobs", BooleanCodec, value)

    /** How many of the likeliest tokens to tell at each position. Needs `logprobs`. */
    public var topLogprobs: Long?
        get() = read("top_logprobs", LongCodec)
        set(value) = writeNullable("top_logprobs", LongCodec, value)

    /** The form that the answer must have. */
    public var responseFormat: ResponseFormat?
        get() = read("response_format", ResponseFormat)
        set(value) = write("response_format", ResponseFormat, value)

    /** The functions that the model may call. */
    public var tools: List<Tool>?
        get() = read("tools", ListCodec(Tool))
        set(value) = write("tools", ListCodec(Tool), value)

    /** Whether the model calls tools, and which. */
    public var toolChoice: ToolChoice?
        get() = read("tool_choice", ToolChoice)
        set(value) = write("tool_choice", ToolChoice, value)

    /**
     * Whether the model may call several tools in one answer.
     *
     * Default: `true`.
     */
    public var parallelToolCalls: Boolean?
        get() = read("parallel_tool_calls", BooleanCodec)
        set(value) = write("parallel_tool_calls", BooleanCodec, value)

    /** How much a reasoning model shall think before it answers. */
    @get:JvmName("getReasoningEffort")
    @set:JvmName("setReasoningEffort")
    public var reasoningEffort: ReasoningEffort?
        get() = read("reasoning_effort", ReasoningEffort)
        set(value) = writeNullable("reasoning_effort", ReasoningEffort, value)

    /** Notes to keep with the request. */
    public var metadata: Map<String, String>?
        get() = read("metadata", MapCodec(StringCodec))
        set(value) = writeNullable("metadata", MapCodec(StringCodec), value)

    /** Names the end user, for finding abuse. */
    public var user: String?
        get() = read("user", StringCodec)
        set(value) = write("user", StringCodec, value)
}

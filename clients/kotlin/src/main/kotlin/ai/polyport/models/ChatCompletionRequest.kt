package ai.polyport.models

import ai.polyport.core.BooleanCodec
import ai.polyport.core.DoubleCodec
import ai.polyport.core.ListCodec
import ai.polyport.core.LongCodec
import ai.polyport.core.MapCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A conversation, the model that shall answer it, and how. */
public class ChatCompletionRequest internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The model's id, as `GET /v1/models` lists it. */
    public val model: String get() = required("model", StringCodec)

    /** The conversation so far, oldest message first. */
    public val messages: List<ChatMessage> get() = required("messages", ListCodec(ChatMessage))

    /**
     * Whether the answer comes as a stream of server-sent events.
     *
     * Default: `false`.
     */
    public val stream: Boolean? get() = optional("stream", BooleanCodec)

    /** Settings of a streamed answer. */
    public val streamOptions: StreamOptions? get() = optional("stream_options", StreamOptions)

    /** The most tokens to generate, those for reasoning included. */
    public val maxCompletionTokens: Long? get() = optional("max_completion_tokens", LongCodec)

    /** The most tokens to generate. Older name of `max_completion_tokens`, which wins when both are there. */
    @Deprecated("Deprecated by the API.")
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
     * How many answers to generate.
     *
     * Default: `1`.
     */
    public val n: Long? get() = optional("n", LongCodec)

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

    /**
     * Whether to tell the log probability of every generated token.
     *
     * Default: `false`.
     */
    public val logprobs: Boolean? get() = optional("logprobs", BooleanCodec)

    /** How many of the likeliest tokens to tell at each position. Needs `logprobs`. */
    public val topLogprobs: Long? get() = optional("top_logprobs", LongCodec)

    /** The form that the answer must have. */
    public val responseFormat: ResponseFormat? get() = optional("response_format", ResponseFormat)

    /** The functions that the model may call. */
    public val tools: List<Tool>? get() = optional("tools", ListCodec(Tool))

    /** Whether the model calls tools, and which. */
    public val toolChoice: ToolChoice? get() = optional("tool_choice", ToolChoice)

    /**
     * Whether the model may call several tools in one answer.
     *
     * Default: `true`.
     */
    public val parallelToolCalls: Boolean? get() = optional("parallel_tool_calls", BooleanCodec)

    /** How much a reasoning model shall think before it answers. */
    @get:JvmName("getReasoningEffort")
    public val reasoningEffort: ReasoningEffort? get() = optional("reasoning_effort", ReasoningEffort)

    /** Notes to keep with the request. */
    public val metadata: Map<String, String>? get() = optional("metadata", MapCodec(StringCodec))

    /** Names the end user, for finding abuse. */
    public val user: String? get() = optional("user", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): ChatCompletionRequest =
        ChatCompletionRequest(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [ChatCompletionRequest] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The model's id, as `GET /v1/models` lists it. */
        public var model: String
            get() = readRequired("model", StringCodec)
            set(value) = write("model", StringCodec, value)

        /** The conversation so far, oldest message first. */
        public var messages: List<ChatMessage>
            get() = readRequired("messages", ListCodec(ChatMessage))
            set(value) = write("messages", ListCodec(ChatMessage), value)

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

    public companion object : ModelCodec<ChatCompletionRequest>(::ChatCompletionRequest) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(
            model: String,
            messages: List<ChatMessage>,
            block: Builder.() -> Unit = {},
        ): ChatCompletionRequest {
            val builder = Builder(LinkedHashMap())
            builder.write("model", StringCodec, model)
            builder.write("messages", ListCodec(ChatMessage), messages)
            return ChatCompletionRequest(builder.apply(block).finish())
        }
    }
}

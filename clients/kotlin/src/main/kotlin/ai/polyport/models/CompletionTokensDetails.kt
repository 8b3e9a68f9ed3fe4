package ai.polyport.models

import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Parts of `completion_tokens`. */
public class CompletionTokensDetails internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Tokens that the model spent on reasoning. */
    public val reasoningTokens: Long? get() = optional("reasoning_tokens", LongCodec)

    /** Tokens of audio output. */
    public val audioTokens: Long? get() = optional("audio_tokens", LongCodec)

    /** Predicted tokens that appeared in the answer. */
    public val acceptedPredictionTokens: Long? get() = optional("accepted_prediction_tokens", LongCodec)

    /** Predicted tokens that did not appear in the answer. */
    public val rejectedPredictionTokens: Long? get() = optional("rejected_prediction_tokens", LongCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): CompletionTokensDetails =
        CompletionTokensDetails(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [CompletionTokensDetails] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Tokens that the model spent on reasoning. */
        public var reasoningTokens: Long?
            get() = read("reasoning_tokens", LongCodec)
            set(value) = writeNullable("reasoning_tokens", LongCodec, value)

        /** Tokens of audio output. */
        public var audioTokens: Long?
            get() = read("audio_tokens", LongCodec)
            set(value) = writeNullable("audio_tokens", LongCodec, value)

        /** Predicted tokens that appeared in the answer. */
        public var acceptedPredictionTokens: Long?
            get() = read("accepted_prediction_tokens", LongCodec)
            set(value) = writeNullable("accepted_prediction_tokens", LongCodec, value)

        /** Predicted tokens that did not appear in the answer. */
        public var rejectedPredictionTokens: Long?
            get() = read("rejected_prediction_tokens", LongCodec)
            set(value) = writeNullable("rejected_prediction_tokens", LongCodec, value)
    }

    public companion object : ModelCodec<CompletionTokensDetails>(::CompletionTokensDetails) {
        /** Makes one; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(block: Builder.() -> Unit = {}): CompletionTokensDetails {
            val builder = Builder(LinkedHashMap())
            return CompletionTokensDetails(builder.apply(block).finish())
        }
    }
}

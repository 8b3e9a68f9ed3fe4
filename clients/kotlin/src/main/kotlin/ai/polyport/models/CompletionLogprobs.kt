package ai.polyport.models

import ai.polyport.core.DoubleCodec
import ai.polyport.core.ListCodec
import ai.polyport.core.LongCodec
import ai.polyport.core.MapCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.NullableCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Log probabilities of generated tokens, as lists of the same length. */
public class CompletionLogprobs internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The tokens' texts. */
    public val tokens: List<String>? get() = optional("tokens", ListCodec(StringCodec))

    /**
     * The natural logarithms of the tokens' probabilities. Null where there is none, as for the first token of
     * a prompt.
     */
    public val tokenLogprobs: List<Double?>? get() = optional("token_logprobs", ListCodec(NullableCodec(DoubleCodec)))

    /** The likeliest tokens at each position with their log probabilities. */
    public val topLogprobs: List<Map<String, Double>?>?
        get() = optional("top_logprobs", ListCodec(NullableCodec(MapCodec(DoubleCodec))))

    /** Where each token begins in the text, in characters. */
    public val textOffset: List<Long>? get() = optional("text_offset", ListCodec(LongCodec))

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): CompletionLogprobs =
        CompletionLogprobs(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [CompletionLogprobs] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The tokens' texts. */
        public var tokens: List<String>?
            get() = read("tokens", ListCodec(StringCodec))
            set(value) = write("tokens", ListCodec(StringCodec), value)

        /**
         * The natural logarithms of the tokens' probabilities. Null where there is none, as for the first token of
         * a prompt.
         */
        public var tokenLogprobs: List<Double?>?
            get() = read("token_logprobs", ListCodec(NullableCodec(DoubleCodec)))
            set(value) = write("token_logprobs", ListCodec(NullableCodec(DoubleCodec)), value)

        /** The likeliest tokens at each position with their log probabilities. */
        public var topLogprobs: List<Map<String, Double>?>?
            get() = read("top_logprobs", ListCodec(NullableCodec(MapCodec(DoubleCodec))))
            set(value) = writeNullable("top_logprobs", ListCodec(NullableCodec(MapCodec(DoubleCodec))), value)

        /** Where each token begins in the text, in characters. */
        public var textOffset: List<Long>?
            get() = read("text_offset", ListCodec(LongCodec))
            set(value) = write("text_offset", ListCodec(LongCodec), value)
    }

    public companion object : ModelCodec<CompletionLogprobs>(::CompletionLogprobs) {
        /** Makes one; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(block: Builder.() -> Unit = {}): CompletionLogprobs {
            val builder = Builder(LinkedHashMap())
            return CompletionLogprobs(builder.apply(block).finish())
        }
    }
}

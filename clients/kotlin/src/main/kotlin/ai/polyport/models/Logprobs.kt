package ai.polyport.models

import ai.polyport.core.ListCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Log probabilities of generated tokens. */
public class Logprobs internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The tokens of the answer's text. */
    public val content: List<TokenLogprob>? get() = requiredNullable("content", ListCodec(TokenLogprob))

    /** The tokens of the refusal. */
    public val refusal: List<TokenLogprob>? get() = optional("refusal", ListCodec(TokenLogprob))

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): Logprobs =
        Logprobs(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [Logprobs] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The tokens of the answer's text. */
        public var content: List<TokenLogprob>?
            get() = read("content", ListCodec(TokenLogprob))
            set(value) = writeNullable("content", ListCodec(TokenLogprob), value)

        /** The tokens of the refusal. */
        public var refusal: List<TokenLogprob>?
            get() = read("refusal", ListCodec(TokenLogprob))
            set(value) = writeNullable("refusal", ListCodec(TokenLogprob), value)
    }

    public companion object : ModelCodec<Logprobs>(::Logprobs) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(content: List<TokenLogprob>?, block: Builder.() -> Unit = {}): Logprobs {
            val builder = Builder(LinkedHashMap())
            builder.writeNullable("content", ListCodec(TokenLogprob), content)
            return Logprobs(builder.apply(block).finish())
        }
    }
}

package ai.polyport.models

import ai.polyport.core.DoubleCodec
import ai.polyport.core.ListCodec
import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A generated token and its rivals. */
public class TokenLogprob internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The token's text. */
    public val token: String get() = required("token", StringCodec)

    /** The natural logarithm of the token's probability. -9999.0 stands for very unlikely. */
    public val logprob: Double get() = required("logprob", DoubleCodec)

    /** The token's UTF-8 bytes. A character may be spread over several tokens. */
    public val bytes: List<Long>? get() = requiredNullable("bytes", ListCodec(LongCodec))

    /** The likeliest tokens at this position. */
    public val topLogprobs: List<TopLogprob> get() = required("top_logprobs", ListCodec(TopLogprob))

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): TokenLogprob =
        TokenLogprob(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [TokenLogprob] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The token's text. */
        public var token: String
            get() = readRequired("token", StringCodec)
            set(value) = write("token", StringCodec, value)

        /** The natural logarithm of the token's probability. -9999.0 stands for very unlikely. */
        public var logprob: Double
            get() = readRequired("logprob", DoubleCodec)
            set(value) = write("logprob", DoubleCodec, value)

        /** The token's UTF-8 bytes. A character may be spread over several tokens. */
        public var bytes: List<Long>?
            get() = read("bytes", ListCodec(LongCodec))
            set(value) = writeNullable("bytes", ListCodec(LongCodec), value)

        /** The likeliest tokens at this position. */
        public var topLogprobs: List<TopLogprob>
            get() = readRequired("top_logprobs", ListCodec(TopLogprob))
            set(value) = write("top_logprobs", ListCodec(TopLogprob), value)
    }

    public companion object : ModelCodec<TokenLogprob>(::TokenLogprob) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(
            token: String,
            logprob: Double,
            bytes: List<Long>?,
            topLogprobs: List<TopLogprob>,
            block: Builder.() -> Unit = {},
        ): TokenLogprob {
            val builder = Builder(LinkedHashMap())
            builder.write("token", StringCodec, token)
            builder.write("logprob", DoubleCodec, logprob)
            builder.writeNullable("bytes", ListCodec(LongCodec), bytes)
            builder.write("top_logprobs", ListCodec(TopLogprob), topLogprobs)
            return TokenLogprob(builder.apply(block).finish())
        }
    }
}

package ai.polyport.models

import ai.polyport.core.DoubleCodec
import ai.polyport.core.ListCodec
import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A token that was likely at a position. */
public class TopLogprob internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The token's text. */
    public val token: String get() = required("token", StringCodec)

    /** The natural logarithm of the token's probability. */
    public val logprob: Double get() = required("logprob", DoubleCodec)

    /** The token's UTF-8 bytes. */
    public val bytes: List<Long>? get() = requiredNullable("bytes", ListCodec(LongCodec))

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): TopLogprob =
        TopLogprob(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [TopLogprob] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The token's text. */
        public var token: String
            get() = readRequired("token", StringCodec)
            set(value) = write("token", StringCodec, value)

        /** The natural logarithm of the token's probability. */
        public var logprob: Double
            get() = readRequired("logprob", DoubleCodec)
            set(value) = write("logprob", DoubleCodec, value)

        /** The token's UTF-8 bytes. */
        public var bytes: List<Long>?
            get() = read("bytes", ListCodec(LongCodec))
            set(value) = writeNullable("bytes", ListCodec(LongCodec), value)
    }

    public companion object : ModelCodec<TopLogprob>(::TopLogprob) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(
            token: String,
            logprob: Double,
            bytes: List<Long>?,
            block: Builder.() -> Unit = {},
        ): TopLogprob {
            val builder = Builder(LinkedHashMap())
            builder.write("token", StringCodec, token)
            builder.write("logprob", DoubleCodec, logprob)
            builder.writeNullable("bytes", ListCodec(LongCodec), bytes)
            return TopLogprob(builder.apply(block).finish())
        }
    }
}

package ai.polyport.models

import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** One answer, or a piece of it in a stream. */
public class CompletionChoice internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The position of this answer among the choices. */
    public val index: Long get() = required("index", LongCodec)

    /** The generated text. */
    public val text: String get() = required("text", StringCodec)

    /** Why the answer ended; in a stream null or missing until it has. */
    @get:JvmName("getFinishReason")
    public val finishReason: FinishReason? get() = optional("finish_reason", FinishReason)

    /** The log probabilities of the tokens, if they were asked for. */
    public val logprobs: CompletionLogprobs? get() = optional("logprobs", CompletionLogprobs)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): CompletionChoice =
        CompletionChoice(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [CompletionChoice] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The position of this answer among the choices. */
        public var index: Long
            get() = readRequired("index", LongCodec)
            set(value) = write("index", LongCodec, value)

        /** The generated text. */
        public var text: String
            get() = readRequired("text", StringCodec)
            set(value) = write("text", StringCodec, value)

        /** Why the answer ended; in a stream null or missing until it has. */
        @get:JvmName("getFinishReason")
        @set:JvmName("setFinishReason")
        public var finishReason: FinishReason?
            get() = read("finish_reason", FinishReason)
            set(value) = writeNullable("finish_reason", FinishReason, value)

        /** The log probabilities of the tokens, if they were asked for. */
        public var logprobs: CompletionLogprobs?
            get() = read("logprobs", CompletionLogprobs)
            set(value) = writeNullable("logprobs", CompletionLogprobs, value)
    }

    public companion object : ModelCodec<CompletionChoice>(::CompletionChoice) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(index: Long, text: String, block: Builder.() -> Unit = {}): CompletionChoice {
            val builder = Builder(LinkedHashMap())
            builder.write("index", LongCodec, index)
            builder.write("text", StringCodec, text)
            return CompletionChoice(builder.apply(block).finish())
        }
    }
}

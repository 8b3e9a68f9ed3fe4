package ai.polyport.models

import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** One answer. */
public class ChatChoice internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The position of this answer among the choices. */
    public val index: Long get() = required("index", LongCodec)

    /** The message that the model wrote. */
    public val message: ChatReply get() = required("message", ChatReply)

    /**
     * Why the answer ended: `stop` at its natural end or a stop text, `length` at the token limit, `tool_calls`
     * because tools are called, `content_filter` because a filter cut it.
     */
    @get:JvmName("getFinishReason")
    public val finishReason: FinishReason get() = required("finish_reason", FinishReason)

    /** The log probabilities of the answer's tokens, if they were asked for. */
    public val logprobs: Logprobs? get() = optional("logprobs", Logprobs)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): ChatChoice =
        ChatChoice(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [ChatChoice] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The position of this answer among the choices. */
        public var index: Long
            get() = readRequired("index", LongCodec)
            set(value) = write("index", LongCodec, value)

        /** The message that the model wrote. */
        public var message: ChatReply
            get() = readRequired("message", ChatReply)
            set(value) = write("message", ChatReply, value)

        /**
         * Why the answer ended: `stop` at its natural end or a stop text, `length` at the token limit, `tool_calls`
         * because tools are called, `content_filter` because a filter cut it.
         */
        @get:JvmName("getFinishReason")
        @set:JvmName("setFinishReason")
        public var finishReason: FinishReason
            get() = readRequired("finish_reason", FinishReason)
            set(value) = write("finish_reason", FinishReason, value)

        /** The log probabilities of the answer's tokens, if they were asked for. */
        public var logprobs: Logprobs?
            get() = read("logprobs", Logprobs)
            set(value) = writeNullable("logprobs", Logprobs, value)
    }

    public companion object : ModelCodec<ChatChoice>(::ChatChoice) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(
            index: Long,
            message: ChatReply,
            finishReason: FinishReason,
            block: Builder.() -> Unit = {},
        ): ChatChoice {
            val builder = Builder(LinkedHashMap())
            builder.write("index", LongCodec, index)
            builder.write("message", ChatReply, message)
            builder.write("finish_reason", FinishReason, finishReason)
            return ChatChoice(builder.apply(block).finish())
        }
    }
}

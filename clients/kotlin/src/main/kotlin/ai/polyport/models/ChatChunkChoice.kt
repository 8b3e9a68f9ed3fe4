package ai.polyport.models

import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A piece of one answer. */
public class ChatChunkChoice internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The position of the answer among the choices. */
    public val index: Long get() = required("index", LongCodec)

    /** What is new in the message. */
    public val delta: ChatDelta get() = required("delta", ChatDelta)

    /** Why the answer ended; null or missing until it has. */
    @get:JvmName("getFinishReason")
    public val finishReason: FinishReason? get() = optional("finish_reason", FinishReason)

    /** The log probabilities of the piece's tokens, if they were asked for. */
    public val logprobs: Logprobs? get() = optional("logprobs", Logprobs)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): ChatChunkChoice =
        ChatChunkChoice(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [ChatChunkChoice] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The position of the answer among the choices. */
        public var index: Long
            get() = readRequired("index", LongCodec)
            set(value) = write("index", LongCodec, value)

        /** What is new in the message. */
        public var delta: ChatDelta
            get() = readRequired("delta", ChatDelta)
            set(value) = write("delta", ChatDelta, value)

        /** Why the answer ended; null or missing until it has. */
        @get:JvmName("getFinishReason")
        @set:JvmName("setFinishReason")
        public var finishReason: FinishReason?
            get() = read("finish_reason", FinishReason)
            set(value) = writeNullable("finish_reason", FinishReason, value)

        /** The log probabilities of the piece's tokens, if they were asked for. */
        public var logprobs: Logprobs?
            get() = read("logprobs", Logprobs)
            set(value) = writeNullable("logprobs", Logprobs, value)
    }

    public companion object : ModelCodec<ChatChunkChoice>(::ChatChunkChoice) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(index: Long, delta: ChatDelta, block: Builder.() -> Unit = {}): ChatChunkChoice {
            val builder = Builder(LinkedHashMap())
            builder.write("index", LongCodec, index)
            builder.write("delta", ChatDelta, delta)
            return ChatChunkChoice(builder.apply(block).finish())
        }
    }
}

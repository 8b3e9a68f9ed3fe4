package ai.polyport.models

import ai.polyport.core.Deltas
import ai.polyport.core.ListCodec
import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import ai.polyport.core.Whole
import ai.polyport.core.accumulateAs
import ai.polyport.core.jsonOf
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A piece of a streamed answer. */
public class ChatCompletionChunk internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Names the answer; the same in all its chunks. */
    public val id: String get() = required("id", StringCodec)

    /** Always `chat.completion.chunk`. */
    public val `object`: String get() = required("object", StringCodec)

    /** When the answer was begun, in seconds since 1970-01-01 UTC. */
    public val created: Long get() = required("created", LongCodec)

    /** The model that answers. */
    public val model: String get() = required("model", StringCodec)

    /** The pieces. Empty in the chunk that carries the usage. */
    public val choices: List<ChatChunkChoice> get() = required("choices", ListCodec(ChatChunkChoice))

    /** The usage of the whole request, in the last chunk, if `stream_options.include_usage` asked for it. */
    public val usage: Usage? get() = optional("usage", Usage)

    /** Changes when the provider's set-up changes in a way that may change answers. */
    public val systemFingerprint: String? get() = optional("system_fingerprint", StringCodec)

    /** The provider's service class that serves the request. */
    public val serviceTier: String? get() = optional("service_tier", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): ChatCompletionChunk =
        ChatCompletionChunk(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [ChatCompletionChunk] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Names the answer; the same in all its chunks. */
        public var id: String
            get() = readRequired("id", StringCodec)
            set(value) = write("id", StringCodec, value)

        /** When the answer was begun, in seconds since 1970-01-01 UTC. */
        public var created: Long
            get() = readRequired("created", LongCodec)
            set(value) = write("created", LongCodec, value)

        /** The model that answers. */
        public var model: String
            get() = readRequired("model", StringCodec)
            set(value) = write("model", StringCodec, value)

        /** The pieces. Empty in the chunk that carries the usage. */
        public var choices: List<ChatChunkChoice>
            get() = readRequired("choices", ListCodec(ChatChunkChoice))
            set(value) = write("choices", ListCodec(ChatChunkChoice), value)

        /** The usage of the whole request, in the last chunk, if `stream_options.include_usage` asked for it. */
        public var usage: Usage?
            get() = read("usage", Usage)
            set(value) = writeNullable("usage", Usage, value)

        /** Changes when the provider's set-up changes in a way that may change answers. */
        public var systemFingerprint: String?
            get() = read("system_fingerprint", StringCodec)
            set(value) = writeNullable("system_fingerprint", StringCodec, value)

        /** The provider's service class that serves the request. */
        public var serviceTier: String?
            get() = read("service_tier", StringCodec)
            set(value) = writeNullable("service_tier", StringCodec, value)
    }

    public companion object : ModelCodec<ChatCompletionChunk>(::ChatCompletionChunk) {
        override val deltas: Deltas =
            Deltas(
                joined = setOf(
                    listOf("choices", "[]", "delta", "content"),
                    listOf("choices", "[]", "delta", "refusal"),
                    listOf("choices", "[]", "delta", "tool_calls", "[]", "function", "arguments"),
                ),
                merged = mapOf(listOf("choices") to "index", listOf("choices", "[]", "delta", "tool_calls") to "index"),
                pieces = setOf(listOf("choices", "[]")),
                kept = setOf(),
                names = setOf("id", "type", "role", "object", "name", "model", "status", "kind", "index", "event", "format", "language"),
                endings = listOf("_id", "_type", "_at", "_reason", "Id", "Type", "At", "Reason"),
            )

        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(
            id: String,
            created: Long,
            model: String,
            choices: List<ChatChunkChoice>,
            block: Builder.() -> Unit = {},
        ): ChatCompletionChunk {
            val builder = Builder(LinkedHashMap())
            builder.write("object", StringCodec, "chat.completion.chunk")
            builder.write("id", StringCodec, id)
            builder.write("created", LongCodec, created)
            builder.write("model", StringCodec, model)
            builder.write("choices", ListCodec(ChatChunkChoice), choices)
            return ChatCompletionChunk(builder.apply(block).finish())
        }
    }
}

/** Reads the stream to its end and gives all of it as one [ChatCompletion], or null when there was none. */
public suspend fun Flow<ChatCompletionChunk>.toChatCompletion(): ChatCompletion? =
    accumulateAs(
        ChatCompletion,
        Whole(
            renamed = mapOf(listOf("choices", "[]", "delta") to "message"),
            dropped = setOf(listOf("choices", "[]", "message", "tool_calls", "[]", "index")),
            constants = mapOf(
                listOf("choices", "[]", "message", "tool_calls", "[]", "type") to jsonOf("function"),
                listOf("choices", "[]", "message", "role") to jsonOf("assistant"),
                listOf("object") to jsonOf("chat.completion"),
            ),
        ),
    )

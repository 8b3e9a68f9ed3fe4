package ai.polyport.models

import ai.polyport.core.Deltas
import ai.polyport.core.ListCodec
import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** The continuation of a text, or a piece of it in a stream. */
public class Completion internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Names this answer; the same in all pieces of a stream. */
    public val id: String get() = required("id", StringCodec)

    /** Always `text_completion`. */
    public val `object`: String get() = required("object", StringCodec)

    /** When the answer was made, in seconds since 1970-01-01 UTC. */
    public val created: Long get() = required("created", LongCodec)

    /** The model that answered. */
    public val model: String get() = required("model", StringCodec)

    /** The answers. Empty in the piece of a stream that carries the usage. */
    public val choices: List<CompletionChoice> get() = required("choices", ListCodec(CompletionChoice))

    /** The usage of the request; in a stream only in its last piece, if `stream_options.include_usage` asked for it. */
    public val usage: Usage? get() = optional("usage", Usage)

    /** Changes when the provider's set-up changes in a way that may change answers. */
    public val systemFingerprint: String? get() = optional("system_fingerprint", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): Completion =
        Completion(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [Completion] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Names this answer; the same in all pieces of a stream. */
        public var id: String
            get() = readRequired("id", StringCodec)
            set(value) = write("id", StringCodec, value)

        /** When the answer was made, in seconds since 1970-01-01 UTC. */
        public var created: Long
            get() = readRequired("created", LongCodec)
            set(value) = write("created", LongCodec, value)

        /** The model that answered. */
        public var model: String
            get() = readRequired("model", StringCodec)
            set(value) = write("model", StringCodec, value)

        /** The answers. Empty in the piece of a stream that carries the usage. */
        public var choices: List<CompletionChoice>
            get() = readRequired("choices", ListCodec(CompletionChoice))
            set(value) = write("choices", ListCodec(CompletionChoice), value)

        /** The usage of the request; in a stream only in its last piece, if `stream_options.include_usage` asked for it. */
        public var usage: Usage?
            get() = read("usage", Usage)
            set(value) = writeNullable("usage", Usage, value)

        /** Changes when the provider's set-up changes in a way that may change answers. */
        public var systemFingerprint: String?
            get() = read("system_fingerprint", StringCodec)
            set(value) = writeNullable("system_fingerprint", StringCodec, value)
    }

    public companion object : ModelCodec<Completion>(::Completion) {
        override val deltas: Deltas =
            Deltas(
                joined = setOf(listOf("choices", "[]", "text")),
                merged = mapOf(listOf("choices") to "index"),
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
            choices: List<CompletionChoice>,
            block: Builder.() -> Unit = {},
        ): Completion {
            val builder = Builder(LinkedHashMap())
            builder.write("object", StringCodec, "text_completion")
            builder.write("id", StringCodec, id)
            builder.write("created", LongCodec, created)
            builder.write("model", StringCodec, model)
            builder.write("choices", ListCodec(CompletionChoice), choices)
            return Completion(builder.apply(block).finish())
        }
    }
}

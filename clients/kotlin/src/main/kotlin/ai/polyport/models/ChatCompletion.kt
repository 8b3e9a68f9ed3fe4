package ai.polyport.models

import ai.polyport.core.ListCodec
import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** The answer to a conversation. */
public class ChatCompletion internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Names this answer. */
    public val id: String get() = required("id", StringCodec)

    /** Always `chat.completion`. */
    public val `object`: String get() = required("object", StringCodec)

    /** When the answer was made, in seconds since 1970-01-01 UTC. */
    public val created: Long get() = required("created", LongCodec)

    /** The model that answered. */
    public val model: String get() = required("model", StringCodec)

    /** The answers, as many as `n` asked for. */
    public val choices: List<ChatChoice> get() = required("choices", ListCodec(ChatChoice))

    /** How many tokens a request used. */
    public val usage: Usage? get() = optional("usage", Usage)

    /** Changes when the provider's set-up changes in a way that may change answers. */
    public val systemFingerprint: String? get() = optional("system_fingerprint", StringCodec)

    /** The provider's service class that served the request. */
    public val serviceTier: String? get() = optional("service_tier", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): ChatCompletion =
        ChatCompletion(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [ChatCompletion] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Names this answer. */
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

        /** The answers, as many as `n` asked for. */
        public var choices: List<ChatChoice>
            get() = readRequired("choices", ListCodec(ChatChoice))
            set(value) = write("choices", ListCodec(ChatChoice), value)

        /** How many tokens a request used. */
        public var usage: Usage?
            get() = read("usage", Usage)
            set(value) = write("usage", Usage, value)

        /** Changes when the provider's set-up changes in a way that may change answers. */
        public var systemFingerprint: String?
            get() = read("system_fingerprint", StringCodec)
            set(value) = writeNullable("system_fingerprint", StringCodec, value)

        /** The provider's service class that served the request. */
        public var serviceTier: String?
            get() = read("service_tier", StringCodec)
            set(value) = writeNullable("service_tier", StringCodec, value)
    }

    public companion object : ModelCodec<ChatCompletion>(::ChatCompletion) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(
            id: String,
            created: Long,
            model: String,
            choices: List<ChatChoice>,
            block: Builder.() -> Unit = {},
        ): ChatCompletion {
            val builder = Builder(LinkedHashMap())
            builder.write("object", StringCodec, "chat.completion")
            builder.write("id", StringCodec, id)
            builder.write("created", LongCodec, created)
            builder.write("model", StringCodec, model)
            builder.write("choices", ListCodec(ChatChoice), choices)
            return ChatCompletion(builder.apply(block).finish())
        }
    }
}

package ai.polyport.models

import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Parts of `prompt_tokens`. */
public class PromptTokensDetails internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Tokens that were read from a cache. */
    public val cachedTokens: Long? get() = optional("cached_tokens", LongCodec)

    /** Tokens of audio input. */
    public val audioTokens: Long? get() = optional("audio_tokens", LongCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): PromptTokensDetails =
        PromptTokensDetails(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [PromptTokensDetails] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Tokens that were read from a cache. */
        public var cachedTokens: Long?
            get() = read("cached_tokens", LongCodec)
            set(value) = writeNullable("cached_tokens", LongCodec, value)

        /** Tokens of audio input. */
        public var audioTokens: Long?
            get() = read("audio_tokens", LongCodec)
            set(value) = writeNullable("audio_tokens", LongCodec, value)
    }

    public companion object : ModelCodec<PromptTokensDetails>(::PromptTokensDetails) {
        /** Makes one; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(block: Builder.() -> Unit = {}): PromptTokensDetails {
            val builder = Builder(LinkedHashMap())
            return PromptTokensDetails(builder.apply(block).finish())
        }
    }
}

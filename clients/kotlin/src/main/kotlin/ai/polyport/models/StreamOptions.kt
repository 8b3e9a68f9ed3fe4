package ai.polyport.models

import ai.polyport.core.BooleanCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Settings of a streamed answer. Only allowed together with `stream` set to true. */
public class StreamOptions internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Sends one more chunk before `[DONE]`, with the usage of the whole request and no choices. */
    public val includeUsage: Boolean? get() = optional("include_usage", BooleanCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): StreamOptions =
        StreamOptions(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [StreamOptions] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Sends one more chunk before `[DONE]`, with the usage of the whole request and no choices. */
        public var includeUsage: Boolean?
            get() = read("include_usage", BooleanCodec)
            set(value) = write("include_usage", BooleanCodec, value)
    }

    public companion object : ModelCodec<StreamOptions>(::StreamOptions) {
        /** Makes one; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(block: Builder.() -> Unit = {}): StreamOptions {
            val builder = Builder(LinkedHashMap())
            return StreamOptions(builder.apply(block).finish())
        }
    }
}

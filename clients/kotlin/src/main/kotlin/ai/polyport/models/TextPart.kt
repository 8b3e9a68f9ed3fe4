package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Text. */
public class TextPart internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members),
    AssistantContentPart,
    ContentPart {
    /** Always `text`. */
    public val type: String get() = required("type", StringCodec)

    /** The text. */
    public val text: String get() = required("text", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): TextPart =
        TextPart(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [TextPart] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The text. */
        public var text: String
            get() = readRequired("text", StringCodec)
            set(value) = write("text", StringCodec, value)
    }

    public companion object : ModelCodec<TextPart>(::TextPart) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(text: String, block: Builder.() -> Unit = {}): TextPart {
            val builder = Builder(LinkedHashMap())
            builder.write("type", StringCodec, "text")
            builder.write("text", StringCodec, text)
            return TextPart(builder.apply(block).finish())
        }
    }
}

package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Plain text, which is the default. */
public class TextFormat internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members),
    ResponseFormat {
    /** Always `text`. */
    public val type: String get() = required("type", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): TextFormat =
        TextFormat(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [TextFormat] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
    }

    public companion object : ModelCodec<TextFormat>(::TextFormat) {
        /** Makes one; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(block: Builder.() -> Unit = {}): TextFormat {
            val builder = Builder(LinkedHashMap())
            builder.write("type", StringCodec, "text")
            return TextFormat(builder.apply(block).finish())
        }
    }
}

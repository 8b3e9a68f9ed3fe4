package notes.models

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import notes.core.Model
import notes.core.ModelBuilder
import notes.core.ModelCodec
import notes.core.StringCodec

/** `TextBlock` of the API. */
public class TextBlock internal constructor(
    members: JsonObject,
) : Model(members),
    Block {
    public val type: String get() = required("type", StringCodec)

    /** Text, or blocks. */
    public val text: Content get() = required("text", Content)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): TextBlock =
        TextBlock(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [TextBlock] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Text, or blocks. */
        public var text: Content
            get() = readRequired("text", Content)
            set(value) = write("text", Content, value)

        /** Sets [text] to a bare string. */
        public fun text(value: String) {
            this.text = Content.of(value)
        }
    }

    public companion object : ModelCodec<TextBlock>(::TextBlock) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(text: Content, block: Builder.() -> Unit = {}): TextBlock {
            val builder = Builder(LinkedHashMap())
            builder.write("type", StringCodec, "text")
            builder.write("text", Content, text)
            return TextBlock(builder.apply(block).finish())
        }

        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(text: String, block: Builder.() -> Unit = {}): TextBlock =
            invoke(Content.of(text), block)
    }
}

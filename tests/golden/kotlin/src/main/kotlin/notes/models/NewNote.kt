package notes.models

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import notes.core.BooleanCodec
import notes.core.Model
import notes.core.ModelBuilder
import notes.core.ModelCodec
import notes.core.StringCodec

/** `NewNote` of the API. */
public class NewNote internal constructor(
    members: JsonObject,
) : Model(members) {
    /** Text, or blocks. */
    public val content: Content get() = required("content", Content)

    public val stream: Boolean? get() = optional("stream", BooleanCodec)

    /** Null takes it away. */
    public val title: String? get() = optional("title", StringCodec)

    @get:JvmName("getMood")
    public val mood: Mood? get() = optional("mood", Mood)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): NewNote =
        NewNote(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [NewNote] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Text, or blocks. */
        public var content: Content
            get() = readRequired("content", Content)
            set(value) = write("content", Content, value)

        /** Sets [content] to a bare string. */
        public fun content(value: String) {
            this.content = Content.of(value)
        }

        public var stream: Boolean?
            get() = read("stream", BooleanCodec)
            set(value) = write("stream", BooleanCodec, value)

        /** Null takes it away. */
        public var title: String?
            get() = read("title", StringCodec)
            set(value) = writeNullable("title", StringCodec, value)

        @get:JvmName("getMood")
        @set:JvmName("setMood")
        public var mood: Mood?
            get() = read("mood", Mood)
            set(value) = write("mood", Mood, value)
    }

    public companion object : ModelCodec<NewNote>(::NewNote) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(content: Content, block: Builder.() -> Unit = {}): NewNote {
            val builder = Builder(LinkedHashMap())
            builder.write("content", Content, content)
            return NewNote(builder.apply(block).finish())
        }

        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(content: String, block: Builder.() -> Unit = {}): NewNote =
            invoke(Content.of(content), block)
    }
}

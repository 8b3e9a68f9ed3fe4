package notes.models

import java.time.OffsetDateTime
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import notes.core.DateTimeCodec
import notes.core.ListCodec
import notes.core.Model
import notes.core.ModelBuilder
import notes.core.ModelCodec
import notes.core.StringCodec

/** A note. */
public class Note internal constructor(
    members: JsonObject,
) : Model(members) {
    public val id: String get() = required("id", StringCodec)

    public val blocks: List<Block> get() = required("blocks", ListCodec(Block))

    public val createdAt: OffsetDateTime? get() = optional("created_at", DateTimeCodec)

    @get:JvmName("getMood")
    public val mood: Mood? get() = optional("mood", Mood)

    /** Use `mood`. */
    @Deprecated("Deprecated by the API.")
    @get:JvmName("getClass_")
    public val `class`: String? get() = optional("class", StringCodec)

    /** The members that have no property of their own. */
    public val additionalProperties: Map<String, String>
        get() = additional(setOf("id", "blocks", "created_at", "mood", "class"), StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): Note =
        Note(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [Note] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        public var id: String
            get() = readRequired("id", StringCodec)
            set(value) = write("id", StringCodec, value)

        public var blocks: List<Block>
            get() = readRequired("blocks", ListCodec(Block))
            set(value) = write("blocks", ListCodec(Block), value)

        public var createdAt: OffsetDateTime?
            get() = read("created_at", DateTimeCodec)
            set(value) = write("created_at", DateTimeCodec, value)

        @get:JvmName("getMood")
        @set:JvmName("setMood")
        public var mood: Mood?
            get() = read("mood", Mood)
            set(value) = write("mood", Mood, value)

        /** Use `mood`. */
        @Deprecated("Deprecated by the API.")
        @get:JvmName("getClass_")
        @set:JvmName("setClass_")
        public var `class`: String?
            get() = read("class", StringCodec)
            set(value) = write("class", StringCodec, value)

        /** Sets a member that has no property of its own. */
        public fun putAdditionalProperty(
            name: String,
            value: String,
        ) {
            putExtra(name, StringCodec.encode(value))
        }
    }

    public companion object : ModelCodec<Note>(::Note) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(blocks: List<Block>, block: Builder.() -> Unit = {}): Note {
            val builder = Builder(LinkedHashMap())
            builder.write("blocks", ListCodec(Block), blocks)
            return Note(builder.apply(block).finish())
        }
    }
}

package notes.models

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import notes.core.BooleanCodec
import notes.core.ListCodec
import notes.core.Model
import notes.core.ModelBuilder
import notes.core.ModelCodec
import notes.core.StringCodec

/** `NoteList` of the API. */
public class NoteList internal constructor(
    members: JsonObject,
) : Model(members) {
    public val data: List<Note> get() = required("data", ListCodec(Note))

    public val hasMore: Boolean get() = required("has_more", BooleanCodec)

    public val lastId: String? get() = optional("last_id", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): NoteList =
        NoteList(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [NoteList] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        public var data: List<Note>
            get() = readRequired("data", ListCodec(Note))
            set(value) = write("data", ListCodec(Note), value)

        public var hasMore: Boolean
            get() = readRequired("has_more", BooleanCodec)
            set(value) = write("has_more", BooleanCodec, value)

        public var lastId: String?
            get() = read("last_id", StringCodec)
            set(value) = writeNullable("last_id", StringCodec, value)
    }

    public companion object : ModelCodec<NoteList>(::NoteList) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(data: List<Note>, hasMore: Boolean, block: Builder.() -> Unit = {}): NoteList {
            val builder = Builder(LinkedHashMap())
            builder.write("data", ListCodec(Note), data)
            builder.write("has_more", BooleanCodec, hasMore)
            return NoteList(builder.apply(block).finish())
        }
    }
}

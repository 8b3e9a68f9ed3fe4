package notes.resources

import notes.core.Arguments
import notes.core.CallBuilder
import notes.core.StringCodec
import notes.models.Mood

/** The optional arguments of `createNote`. */
public class NotesCreateParams internal constructor(
    arguments: Arguments,
) : CallBuilder(arguments) {
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

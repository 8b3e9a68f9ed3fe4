package notes.resources

import notes.core.Arguments
import notes.core.CallBuilder
import notes.core.IntCodec
import notes.core.Location
import notes.core.StringCodec

/** The optional arguments of `listNotes`. */
public class NotesListParams internal constructor(
    arguments: Arguments,
) : CallBuilder(arguments) {
    public var after: String?
        get() = readParameter(Location.QUERY, "after", StringCodec)
        set(value) = writeParameter(Location.QUERY, "after", StringCodec, value)

    /** Default: `20`. */
    public var limit: Int?
        get() = readParameter(Location.QUERY, "limit", IntCodec)
        set(value) = writeParameter(Location.QUERY, "limit", IntCodec, value)
}

package notes.resources

import notes.core.Arguments
import notes.core.CallBuilder
import notes.core.StringCodec

/** The optional arguments of `attachPicture`. */
public class NotesPictureUpdateParams internal constructor(
    arguments: Arguments,
) : CallBuilder(arguments) {
    public var caption: String?
        get() = read("caption", StringCodec)
        set(value) = write("caption", StringCodec, value)
}

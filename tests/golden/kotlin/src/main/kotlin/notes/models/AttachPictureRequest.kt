package notes.models

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import notes.core.Model
import notes.core.ModelBuilder
import notes.core.ModelCodec
import notes.core.StringCodec

/** `AttachPictureRequest` of the API. */
public class AttachPictureRequest internal constructor(
    members: JsonObject,
) : Model(members) {
    public val file: String get() = required("file", StringCodec)

    public val caption: String? get() = optional("caption", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): AttachPictureRequest =
        AttachPictureRequest(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [AttachPictureRequest] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        public var file: String
            get() = readRequired("file", StringCodec)
            set(value) = write("file", StringCodec, value)

        public var caption: String?
            get() = read("caption", StringCodec)
            set(value) = write("caption", StringCodec, value)
    }

    public companion object : ModelCodec<AttachPictureRequest>(::AttachPictureRequest) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(file: String, block: Builder.() -> Unit = {}): AttachPictureRequest {
            val builder = Builder(LinkedHashMap())
            builder.write("file", StringCodec, file)
            return AttachPictureRequest(builder.apply(block).finish())
        }
    }
}

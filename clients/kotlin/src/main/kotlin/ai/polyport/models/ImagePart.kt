package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** An image. */
public class ImagePart internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members),
    ContentPart {
    /** Always `image_url`. */
    public val type: String get() = required("type", StringCodec)

    /** Where an image is, and how closely to look at it. */
    public val imageUrl: ImageUrl get() = required("image_url", ImageUrl)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): ImagePart =
        ImagePart(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [ImagePart] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Where an image is, and how closely to look at it. */
        public var imageUrl: ImageUrl
            get() = readRequired("image_url", ImageUrl)
            set(value) = write("image_url", ImageUrl, value)
    }

    public companion object : ModelCodec<ImagePart>(::ImagePart) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(imageUrl: ImageUrl, block: Builder.() -> Unit = {}): ImagePart {
            val builder = Builder(LinkedHashMap())
            builder.write("type", StringCodec, "image_url")
            builder.write("image_url", ImageUrl, imageUrl)
            return ImagePart(builder.apply(block).finish())
        }
    }
}

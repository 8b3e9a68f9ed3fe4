package ai.polyport.models

import ai.polyport.core.Codec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.OpenEnum
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** Where an image is, and how closely to look at it. */
public class ImageUrl internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** A web address, or a `data:` URL with the image itself in base64. */
    public val url: String get() = required("url", StringCodec)

    /** How closely to look. More detail costs more tokens; `auto` leaves the choice to the model. */
    @get:JvmName("getDetail")
    public val detail: ImageUrl.Detail? get() = optional("detail", ImageUrl.Detail)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): ImageUrl =
        ImageUrl(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [ImageUrl] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** A web address, or a `data:` URL with the image itself in base64. */
        public var url: String
            get() = readRequired("url", StringCodec)
            set(value) = write("url", StringCodec, value)

        /** How closely to look. More detail costs more tokens; `auto` leaves the choice to the model. */
        @get:JvmName("getDetail")
        @set:JvmName("setDetail")
        public var detail: ImageUrl.Detail?
            get() = read("detail", ImageUrl.Detail)
            set(value) = write("detail", ImageUrl.Detail, value)
    }

    public companion object : ModelCodec<ImageUrl>(::ImageUrl) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(url: String, block: Builder.() -> Unit = {}): ImageUrl {
            val builder = Builder(LinkedHashMap())
            builder.write("url", StringCodec, url)
            return ImageUrl(builder.apply(block).finish())
        }
    }

    /**
     * How closely to look. More detail costs more tokens; `auto` leaves the choice to the model.
     *
     * Other values are values too: `Detail(...)`.
     */
    @JvmInline
    public value class Detail(
        override val value: String,
    ) : OpenEnum<String> {
        override fun toJson(): JsonElement = JsonPrimitive(value)

        override fun toString(): String = value

        public companion object : Codec<Detail> {
            /** `auto` */
            public val AUTO: Detail = Detail("auto")

            /** `low` */
            public val LOW: Detail = Detail("low")

            /** `high` */
            public val HIGH: Detail = Detail("high")

            override fun decode(element: JsonElement): Detail = Detail(StringCodec.decode(element))

            override fun encode(value: Detail): JsonElement = value.toJson()
        }
    }
}

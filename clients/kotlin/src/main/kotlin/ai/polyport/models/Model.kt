package ai.polyport.models

import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A model that requests may name. */
public class Model internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The name to use in requests. */
    public val id: String get() = required("id", StringCodec)

    /** Always `model`. */
    public val `object`: String get() = required("object", StringCodec)

    /** When the model was made, in seconds since 1970-01-01 UTC; 0 when nobody knows. */
    public val created: Long get() = required("created", LongCodec)

    /** Who offers the model. */
    public val ownedBy: String get() = required("owned_by", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): Model =
        Model(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [Model] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The name to use in requests. */
        public var id: String
            get() = readRequired("id", StringCodec)
            set(value) = write("id", StringCodec, value)

        /** When the model was made, in seconds since 1970-01-01 UTC; 0 when nobody knows. */
        public var created: Long
            get() = readRequired("created", LongCodec)
            set(value) = write("created", LongCodec, value)

        /** Who offers the model. */
        public var ownedBy: String
            get() = readRequired("owned_by", StringCodec)
            set(value) = write("owned_by", StringCodec, value)
    }

    public companion object : ModelCodec<Model>(::Model) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(id: String, created: Long, ownedBy: String, block: Builder.() -> Unit = {}): Model {
            val builder = Builder(LinkedHashMap())
            builder.write("object", StringCodec, "model")
            builder.write("id", StringCodec, id)
            builder.write("created", LongCodec, created)
            builder.write("owned_by", StringCodec, ownedBy)
            return Model(builder.apply(block).finish())
        }
    }
}

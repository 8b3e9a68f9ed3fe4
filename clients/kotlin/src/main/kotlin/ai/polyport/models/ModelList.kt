package ai.polyport.models

import ai.polyport.core.ListCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** All models that the caller may use. */
public class ModelList internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Always `list`. */
    public val `object`: String get() = required("object", StringCodec)

    /** The models, in the order of their ids. */
    public val data: List<Model> get() = required("data", ListCodec(Model))

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): ModelList =
        ModelList(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [ModelList] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The models, in the order of their ids. */
        public var data: List<Model>
            get() = readRequired("data", ListCodec(Model))
            set(value) = write("data", ListCodec(Model), value)
    }

    public companion object : ModelCodec<ModelList>(::ModelList) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(data: List<Model>, block: Builder.() -> Unit = {}): ModelList {
            val builder = Builder(LinkedHashMap())
            builder.write("object", StringCodec, "list")
            builder.write("data", ListCodec(Model), data)
            return ModelList(builder.apply(block).finish())
        }
    }
}

package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Any JSON object. Ask for JSON in a message too, or the model may write nothing but spaces. */
public class JsonObjectFormat internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members),
    ResponseFormat {
    /** Always `json_object`. */
    public val type: String get() = required("type", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): JsonObjectFormat =
        JsonObjectFormat(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [JsonObjectFormat] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
    }

    public companion object : ModelCodec<JsonObjectFormat>(::JsonObjectFormat) {
        /** Makes one; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(block: Builder.() -> Unit = {}): JsonObjectFormat {
            val builder = Builder(LinkedHashMap())
            builder.write("type", StringCodec, "json_object")
            return JsonObjectFormat(builder.apply(block).finish())
        }
    }
}

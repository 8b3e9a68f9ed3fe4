package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** JSON that follows a schema. */
public class JsonSchemaFormat internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members),
    ResponseFormat {
    /** Always `json_schema`. */
    public val type: String get() = required("type", StringCodec)

    /** A named JSON schema. */
    public val jsonSchema: JsonSchema get() = required("json_schema", JsonSchema)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): JsonSchemaFormat =
        JsonSchemaFormat(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [JsonSchemaFormat] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** A named JSON schema. */
        public var jsonSchema: JsonSchema
            get() = readRequired("json_schema", JsonSchema)
            set(value) = write("json_schema", JsonSchema, value)
    }

    public companion object : ModelCodec<JsonSchemaFormat>(::JsonSchemaFormat) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(jsonSchema: JsonSchema, block: Builder.() -> Unit = {}): JsonSchemaFormat {
            val builder = Builder(LinkedHashMap())
            builder.write("type", StringCodec, "json_schema")
            builder.write("json_schema", JsonSchema, jsonSchema)
            return JsonSchemaFormat(builder.apply(block).finish())
        }
    }
}

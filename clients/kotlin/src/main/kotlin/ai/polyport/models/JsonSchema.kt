package ai.polyport.models

import ai.polyport.core.BooleanCodec
import ai.polyport.core.JsonCodec
import ai.polyport.core.MapCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A named JSON schema. */
public class JsonSchema internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The name of the format. */
    public val name: String get() = required("name", StringCodec)

    /** What the format is for, so that the model knows how to answer in it. */
    public val description: String? get() = optional("description", StringCodec)

    /** The JSON schema. */
    public val schema: Map<String, JsonElement>? get() = optional("schema", MapCodec(JsonCodec))

    /** Whether the answer must follow the schema exactly. */
    public val strict: Boolean? get() = optional("strict", BooleanCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): JsonSchema =
        JsonSchema(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [JsonSchema] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The name of the format. */
        public var name: String
            get() = readRequired("name", StringCodec)
            set(value) = write("name", StringCodec, value)

        /** What the format is for, so that the model knows how to answer in it. */
        public var description: String?
            get() = read("description", StringCodec)
            set(value) = write("description", StringCodec, value)

        /** The JSON schema. */
        public var schema: Map<String, JsonElement>?
            get() = read("schema", MapCodec(JsonCodec))
            set(value) = write("schema", MapCodec(JsonCodec), value)

        /** Whether the answer must follow the schema exactly. */
        public var strict: Boolean?
            get() = read("strict", BooleanCodec)
            set(value) = writeNullable("strict", BooleanCodec, value)
    }

    public companion object : ModelCodec<JsonSchema>(::JsonSchema) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(name: String, block: Builder.() -> Unit = {}): JsonSchema {
            val builder = Builder(LinkedHashMap())
            builder.write("name", StringCodec, name)
            return JsonSchema(builder.apply(block).finish())
        }
    }
}

package ai.polyport.models

import ai.polyport.core.Alternative
import ai.polyport.core.Codec
import ai.polyport.core.JsonValue
import ai.polyport.core.decodeUnion
import ai.polyport.core.modelAlternative
import ai.polyport.core.shown
import ai.polyport.core.tag
import kotlinx.serialization.json.JsonElement

/**
 * The form that the answer must have.
 *
 * One of TextFormat, JsonObjectFormat, JsonSchemaFormat, or [Unknown].
 */
public sealed interface ResponseFormat : JsonValue {
    /** A value that this version does not know; it is sent again as it came. */
    public class Unknown(
        public val raw: JsonElement,
    ) : ResponseFormat {
        override fun toJson(): JsonElement = raw

        override fun equals(other: Any?): Boolean = other is Unknown && other.raw == raw

        override fun hashCode(): Int = raw.hashCode()

        override fun toString(): String = "Unknown(${shown(raw)})"
    }

    public companion object : Codec<ResponseFormat> {
        private val alternatives: List<Alternative<ResponseFormat>> by lazy {
            listOf(
                modelAlternative(TextFormat, tag("type", "text")),
                modelAlternative(JsonObjectFormat, tag("type", "json_object")),
                modelAlternative(JsonSchemaFormat, tag("type", "json_schema")),
            )
        }

        override fun decode(element: JsonElement): ResponseFormat =
            decodeUnion(element, alternatives) ?: Unknown(element)

        override fun encode(value: ResponseFormat): JsonElement = value.toJson()

        /** Makes a [TextFormat]. */
        public fun text(block: TextFormat.Builder.() -> Unit = {}): TextFormat = TextFormat(block)

        /** Makes a [JsonObjectFormat]. */
        public fun jsonObject(block: JsonObjectFormat.Builder.() -> Unit = {}): JsonObjectFormat =
            JsonObjectFormat(block)

        /** Makes a [JsonSchemaFormat]. */
        public fun jsonSchema(jsonSchema: JsonSchema, block: JsonSchemaFormat.Builder.() -> Unit = {}): JsonSchemaFormat =
            JsonSchemaFormat(jsonSchema, block)
    }
}

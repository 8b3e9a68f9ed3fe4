package ai.polyport.core

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** A value that is made of JSON: a model, a union's variant or an open enum. */
public interface JsonValue {
    /** The JSON of this value, with every member it came with, known or not. */
    public fun toJson(): JsonElement
}

/** JSON as a text for people: the values of secret members are not in it. */
internal fun shown(element: JsonElement): String = if (SECRET_MEMBERS.isEmpty()) element.toString() else hidden(element).toString()

private fun hidden(element: JsonElement): JsonElement =
    when (element) {
        is JsonObject -> {
            JsonObject(element.mapValues { (name, value) -> if (name in SECRET_MEMBERS && value !is JsonNull) MASK else hidden(value) })
        }

        is JsonArray -> {
            JsonArray(element.map(::hidden))
        }

        else -> {
            element
        }
    }

private val MASK = JsonPrimitive("***")

private val NUMBER = Regex("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")

/**
 * Reads one JSON text strictly (RFC 8259).
 *
 * The library's tree reader takes any bare word for a literal, so bare words are checked afterwards.
 *
 * @throws SerializationException when the text is not JSON
 */
internal fun parseJson(text: String): JsonElement {
    val element = Json.parseToJsonElement(text)
    requireStrict(element)
    return element
}

/** [parseJson], or null when the text is not JSON. */
internal fun parseJsonOrNull(text: String): JsonElement? =
    try {
        parseJson(text)
    } catch (_: SerializationException) {
        null
    }

private fun requireStrict(element: JsonElement) {
    when (element) {
        is JsonObject -> {
            element.values.forEach(::requireStrict)
        }

        is JsonArray -> {
            element.forEach(::requireStrict)
        }

        is JsonPrimitive -> {
            if (element is JsonNull) return
            val word = element.content
            val literal = element.isString || word == "true" || word == "false" || NUMBER.matches(word)
            if (!literal) throw SerializationException("'${word.take(40)}' is not a JSON value")
        }
    }
}

/** The name of an element's JSON type, as error messages and unions use it. */
internal fun jsonTypeOf(element: JsonElement): String =
    when (element) {
        is JsonObject -> {
            "object"
        }

        is JsonArray -> {
            "array"
        }

        is JsonNull -> {
            "null"
        }

        is JsonPrimitive -> {
            when {
                element.isString -> "string"
                element.content == "true" || element.content == "false" -> "boolean"
                element.content.any { it == '.' || it == 'e' || it == 'E' } -> "number"
                else -> "integer"
            }
        }
    }

/** The text of a JSON string, or null for anything else. */
internal fun JsonElement?.stringOrNull(): String? = (this as? JsonPrimitive)?.takeIf { it.isString }?.content

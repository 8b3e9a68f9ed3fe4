package ai.polyport.core

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * One way to read a union's value, and what it is recognised by.
 *
 * @property types the JSON types that it can have (`integer` counts as `number`)
 * @property tags by member, the values that mean it; null stands for a member that is absent or null
 * @property keys the members that must be there
 * @property items for arrays: the JSON types of the first item; empty for any
 * @property foreign the members that must not be there
 */
internal class Alternative<out U>(
    val types: Set<String>,
    val tags: Map<String, List<Any?>> = emptyMap(),
    val keys: List<String> = emptyList(),
    val items: Set<String> = emptySet(),
    val foreign: List<String> = emptyList(),
    val decode: (JsonElement) -> U,
) {
    fun fits(
        element: JsonElement,
        type: String,
    ): Boolean =
        type in types &&
            when (element) {
                is JsonObject -> tags.all { (member, values) -> tagFits(element[member], values) } && hasKeys(element)
                is JsonArray -> items.isEmpty() || element.isEmpty() || unionType(element.first()) in items
                else -> true
            }

    private fun hasKeys(element: JsonObject): Boolean = element.keys.containsAll(keys) && foreign.none { it in element }
}

/** A model as an alternative of a union. */
internal fun <U : Any> modelAlternative(
    codec: Codec<out U>,
    vararg tags: Pair<String, List<Any?>>,
    keys: List<String> = emptyList(),
    foreign: List<String> = emptyList(),
): Alternative<U> = Alternative(setOf("object"), tags.toMap(), keys, foreign = foreign, decode = codec::decode)

/** The values of a member that mean an alternative; null: it is absent or null. */
internal fun tag(
    member: String,
    vararg values: Any?,
): Pair<String, List<Any?>> = member to values.asList()

/** The value of the first alternative that fits, by JSON type, tags and members; null when none does. */
internal fun <U : Any> decodeUnion(
    element: JsonElement,
    alternatives: List<Alternative<U>>,
): U? {
    val type = unionType(element)
    val alternative = alternatives.firstOrNull { it.fits(element, type) }
    return try {
        alternative?.decode?.invoke(element)
    } catch (_: Mismatch) {
        null // A list whose later items are of other types: it stays as it came.
    }
}

private fun tagFits(
    said: JsonElement?,
    values: List<Any?>,
): Boolean =
    values.any { value ->
        when (value) {
            null -> said == null || said is JsonNull
            is String -> said is JsonPrimitive && said.isString && said.content == value
            else -> said is JsonPrimitive && !said.isString && said.content == value.toString()
        }
    }

private fun unionType(element: JsonElement): String = jsonTypeOf(element).let { if (it == "integer") "number" else it }

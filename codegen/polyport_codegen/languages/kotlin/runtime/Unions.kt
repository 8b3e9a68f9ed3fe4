package polyport.runtime

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * One way to read a union's value, and what it is recognised by.
 *
 * @property types the JSON types that it can have (`integer` counts as `number`)
 * @property tags the values of the union's tag that mean it; none for one without a tag
 * @property keys the members that must be there when it has no tag
 * @property items for arrays: the JSON types of the first item; empty for any
 */
internal class Alternative<out U>(
    val types: Set<String>,
    val tags: List<String> = emptyList(),
    val keys: List<String> = emptyList(),
    val items: Set<String> = emptySet(),
    val decode: (JsonElement) -> U,
)

/** A model as an alternative of a union. */
internal fun <U : Any> modelAlternative(
    codec: Codec<out U>,
    vararg tags: String,
): Alternative<U> = Alternative(setOf("object"), tags.asList(), (codec as ModelCodec<*>).required.asList(), decode = codec::decode)

/**
 * The value of the alternative that fits, or null when none does: by JSON type, then by tag, then by required members.
 *
 * A tag that no alternative knows leaves those without tags; without the tag's member, those without tags come first.
 */
internal fun <U : Any> decodeUnion(
    element: JsonElement,
    tag: String?,
    alternatives: List<Alternative<U>>,
): U? {
    val type = unionType(element)
    val fitting = alternatives.filter { type in it.types && itemsFit(element, it.items) }
    if (element !is JsonObject) return fitting.firstOrNull()?.decode?.invoke(element)
    var candidates = fitting
    if (tag != null) {
        val said = element[tag] as? JsonPrimitive
        val tagged = fitting.firstOrNull { said != null && said.content in it.tags }
        if (tagged != null) return tagged.decode(element)
        val untagged = fitting.filter { it.tags.isEmpty() }
        candidates = if (tag in element) untagged else untagged.ifEmpty { fitting }
    }
    return candidates.firstOrNull { element.keys.containsAll(it.keys) }?.decode?.invoke(element)
}

private fun unionType(element: JsonElement): String = jsonTypeOf(element).let { if (it == "integer") "number" else it }

private fun itemsFit(
    element: JsonElement,
    items: Set<String>,
): Boolean = items.isEmpty() || element !is JsonArray || element.isEmpty() || unionType(element.first()) in items

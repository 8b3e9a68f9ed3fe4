package polyport.runtime

import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * Reads a stream of deltas to its end and gives one chunk that holds everything, or null when there was none.
 *
 * Inside a member `delta`, texts grow and list items with the same `index` are merged; elsewhere the latest value
 * stands, and lists are merged by `index` too. So the result has the whole text and whole tool calls where the chunks
 * had pieces.
 */
public suspend fun <T : Model> Flow<T>.accumulate(): T? {
    var whole = JsonObject(emptyMap())
    var type: Class<T>? = null
    collect { chunk ->
        whole = merged(whole, chunk.toJson(), inDelta = false)
        type = chunk.javaClass
    }
    return type?.let { codecOf(it).decode(whole) }
}

/** Members that name a thing: they are repeated, not continued. */
private val NAMES = setOf("id", "index", "type", "role", "object")

private fun merged(
    into: JsonObject,
    from: JsonObject,
    inDelta: Boolean,
): JsonObject {
    val result = LinkedHashMap(into)
    for ((name, value) in from) result[name] = mergedValue(into[name], value, inDelta || name == "delta", name in NAMES)
    return JsonObject(result)
}

private fun mergedValue(
    before: JsonElement?,
    value: JsonElement,
    inDelta: Boolean,
    isName: Boolean,
): JsonElement {
    val text = value.stringOrNull()
    val earlier = before.stringOrNull()
    return when {
        value is JsonNull -> before ?: value
        text != null && earlier != null && inDelta && !isName -> JsonPrimitive(earlier + text)
        value is JsonArray -> mergedList(before as? JsonArray ?: JsonArray(emptyList()), value, inDelta)
        value is JsonObject -> merged(before as? JsonObject ?: JsonObject(emptyMap()), value, inDelta)
        else -> value
    }
}

private fun mergedList(
    before: JsonArray,
    items: JsonArray,
    inDelta: Boolean,
): JsonArray {
    val result = before.toMutableList()
    for (item in items) {
        val index = (item as? JsonObject)?.get("index")
        val at = if (index == null) -1 else result.indexOfFirst { (it as? JsonObject)?.get("index") == index }
        if (at >= 0) result[at] = merged(result[at] as JsonObject, item as JsonObject, inDelta) else result += item
    }
    return JsonArray(result)
}

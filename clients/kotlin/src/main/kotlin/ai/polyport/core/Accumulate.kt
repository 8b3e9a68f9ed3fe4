package ai.polyport.core

import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * Reads a stream to its end and gives one event that holds everything, or null when there was none.
 *
 * Texts that come in pieces are joined and list items that belong together are merged, as the API's description says
 * of the event's type; elsewhere the latest value stands. So the result has the whole text and whole tool calls where the
 * events had pieces.
 */
public suspend fun <T : Model> Flow<T>.accumulate(): T? {
    var sum = JsonObject(emptyMap())
    var codec: ModelCodec<T>? = null
    collect { event ->
        val known = codec ?: (codecOf(event.javaClass) as ModelCodec<T>).also { codec = it }
        sum = known.deltas.added(sum, event.toJson(), emptyList())
    }
    return codec?.decode(sum)
}

/** The same, as the type that the API gives when it does not stream. */
internal suspend fun <T : Model, W : Model> Flow<T>.accumulateAs(
    whole: ModelCodec<W>,
    rule: Whole,
): W? = accumulate()?.let { whole.decode(rule.of(it.toJson())) }

/** Where the pieces of an event's type are. Paths are wire names from the root; `[]` leads to the items of a list. */
internal class Deltas(
    /** Texts in pieces. */
    private val joined: Set<List<String>> = emptySet(),
    /** Lists whose items come in pieces, and the member by which they belong together. */
    private val merged: Map<List<String>, String> = emptyMap(),
    /** Objects that hold texts in pieces, at any depth: of a member that the model does not know too, but for those in [kept]. */
    private val pieces: Set<List<String>> = emptySet(),
    private val kept: Set<List<String>> = emptySet(),
    /** Members with these names, or these endings of names, say what a thing is. */
    private val names: Set<String> = emptySet(),
    private val endings: List<String> = emptyList(),
) {
    fun added(
        sum: JsonObject,
        event: JsonObject,
        path: List<String>,
    ): JsonObject {
        val result = LinkedHashMap(sum)
        for ((name, value) in event) result[name] = value(sum[name], value, path + name)
        return JsonObject(result)
    }

    private fun value(
        before: JsonElement?,
        value: JsonElement,
        path: List<String>,
    ): JsonElement {
        val text = value.stringOrNull()
        val earlier = before.stringOrNull()
        return when {
            value is JsonNull -> before ?: value
            text != null && earlier != null && isPiece(path) -> JsonPrimitive(earlier + text)
            value is JsonArray -> list(before as? JsonArray ?: JsonArray(emptyList()), value, path)
            value is JsonObject -> added(before as? JsonObject ?: JsonObject(emptyMap()), value, path)
            else -> value
        }
    }

    private fun isPiece(path: List<String>): Boolean {
        if (path in joined) return true
        val name = path.last()
        if (path in kept || name in names || endings.any(name::endsWith)) return false
        return isInside(path)
    }

    /** Whether it stands below what holds texts in pieces. */
    private fun isInside(path: List<String>): Boolean = (1 until path.size).any { path.subList(0, it) in pieces }

    private fun list(
        before: JsonArray,
        items: JsonArray,
        path: List<String>,
    ): JsonArray {
        // A list that this version does not know belongs together by index too.
        val key = merged[path] ?: "index".takeIf { isInside(path) } ?: return JsonArray(before + items)
        val result = before.toMutableList()
        for (item in items) {
            val said = (item as? JsonObject)?.get(key)
            val at = if (said == null) -1 else result.indexOfFirst { (it as? JsonObject)?.get(key) == said }
            if (at >= 0) result[at] = added(result[at] as JsonObject, item as JsonObject, path + "[]") else result += item
        }
        return JsonArray(result)
    }
}

/** How the sum of a stream's events becomes an answer of the plain form. Paths go by the names after renaming. */
internal class Whole(
    private val renamed: Map<List<String>, String> = emptyMap(),
    private val dropped: Set<List<String>> = emptySet(),
    private val constants: Map<List<String>, JsonElement> = emptyMap(),
) {
    fun of(sum: JsonObject): JsonObject {
        var result = sum
        for ((path, name) in renamed) {
            result =
                changed(result, path.dropLast(1)) { members ->
                    JsonObject(members.entries.associate { (key, value) -> (if (key == path.last()) name else key) to value })
                }
        }
        for (path in dropped) result = changed(result, path.dropLast(1)) { JsonObject(it - path.last()) }
        for ((path, value) in constants) result = changed(result, path.dropLast(1)) { JsonObject(it + (path.last() to value)) }
        return result
    }

    private fun changed(
        members: JsonObject,
        path: List<String>,
        change: (JsonObject) -> JsonObject,
    ): JsonObject {
        if (path.isEmpty()) return change(members)
        val value = members[path.first()] ?: return members
        return JsonObject(members + (path.first() to changedIn(value, path.drop(1), change)))
    }

    private fun changedIn(
        value: JsonElement,
        path: List<String>,
        change: (JsonObject) -> JsonObject,
    ): JsonElement =
        when {
            value is JsonArray && path.firstOrNull() == "[]" -> JsonArray(value.map { changedIn(it, path.drop(1), change) })
            value is JsonObject -> changed(value, path, change)
            else -> value
        }
}

package ai.polyport.core

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

private const val UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

/**
 * What reserved expansion leaves as it is (RFC 6570, 3.2.3), without `#[]`, which no query may hold (RFC 3986, 3.4), and `'`,
 * which browsers encode.
 */
private const val RESERVED = ":/?@!$&()*+,;="
private val ENCODED_PERCENT = Regex("%25([0-9A-Fa-f]{2})")
private val SLOT = Regex("\\{([^{}]+)\\}")

/** What a cookie may hold (RFC 6265, 4.1.1) besides the unreserved characters. */
private const val COOKIE = "!#$%&'()*+/:<=>?@[]^`{|}"

/** Percent-encodes (RFC 3986); [reserved] leaves reserved characters as they are, and what is percent-encoded already. */
internal fun percentEncode(
    text: String,
    reserved: Boolean = false,
): String = if (reserved) ENCODED_PERCENT.replace(encode(text, RESERVED), "%$1") else encode(text, "")

/** A credential as a cookie may hold it. */
internal fun cookieText(text: String): String = encode(text, COOKIE)

private fun encode(
    text: String,
    kept: String,
): String =
    buildString {
        for (byte in text.toByteArray()) {
            val char = byte.toInt().toChar()
            if (byte >= 0 && (char in UNRESERVED || char in kept)) {
                append(char)
            } else {
                append('%')
                append("0123456789ABCDEF"[(byte.toInt() shr 4) and 15])
                append("0123456789ABCDEF"[byte.toInt() and 15])
            }
        }
    }

private fun scalar(element: JsonElement): String =
    when (element) {
        is JsonNull -> "null"
        is JsonPrimitive -> element.content
        else -> element.toString()
    }

/** Members that are null are left out, as the styles have no way to write them. */
private fun JsonObject.present(): List<Pair<String, JsonElement>> = entries.filter { it.value !is JsonNull }.map { it.key to it.value }

/** The operation's path with its parameters filled in, percent-encoded. */
internal fun expandPath(
    operation: Operation,
    arguments: Arguments,
): String {
    val texts =
        operation.parameters.filter { it.location == Location.PATH }.associate { parameter ->
            val value = requireNotNull(arguments.parameter(Location.PATH, parameter.name)) { "${parameter.name} has no value" }
            val text = pathValue(parameter, value)
            parameter.name to if (parameter.allowReserved) text.replace("%2F", "/") else text
        }
    val path = SLOT.replace(operation.path) { slot -> texts[slot.groupValues[1]] ?: slot.value }
    val own = operation.path.split("/")
    for (segment in path.split("/")) {
        val leads = (segment == "." || segment == "..") && segment !in own
        require(!leads) { "a path parameter of ${operation.path} must not make the segment '$segment': it would change the path" }
    }
    return path
}

/** Whether there is nothing that a style could write. */
private fun isEmpty(
    parameter: Parameter,
    value: JsonElement,
): Boolean =
    parameter.style != Style.JSON &&
        (value is JsonNull || (value as? JsonArray)?.isEmpty() == true || (value as? JsonObject)?.present()?.isEmpty() == true)

/** A pair of the matrix style: without a value there is no `=` either (RFC 6570, 3.2.7). */
private fun matrixPair(
    name: String,
    text: String,
): String = if (text.isEmpty()) ";$name" else ";$name=$text"

private fun pathValue(
    parameter: Parameter,
    value: JsonElement,
): String {
    fun encode(element: JsonElement) = percentEncode(scalar(element))
    val name = percentEncode(parameter.name)
    val pairs = (value as? JsonObject)?.present()?.map { percentEncode(it.first) to encode(it.second) }
    val items = (value as? JsonArray)?.map(::encode)
    val explode = parameter.explode
    val separator = if (parameter.style == Style.LABEL && explode) "." else ","
    val text = if (parameter.style == Style.JSON) value.toString() else joined(value, items, pairs, separator, explode, ::encode)
    val hasText = text.isNotEmpty() || parameter.style == Style.MATRIX
    require(hasText && !isEmpty(parameter, value)) { "path parameter '${parameter.name}' must not be empty" }
    return when (parameter.style) {
        Style.JSON -> {
            percentEncode(text)
        }

        Style.LABEL -> {
            ".$text"
        }

        Style.MATRIX -> {
            when {
                items != null && explode -> items.joinToString("") { matrixPair(name, it) }
                pairs != null && explode -> pairs.joinToString("") { matrixPair(it.first, it.second) }
                else -> matrixPair(name, joined(value, items, pairs, ",", false, ::encode))
            }
        }

        else -> {
            text
        }
    }
}

private fun joined(
    value: JsonElement,
    items: List<String>?,
    pairs: List<Pair<String, String>>?,
    separator: String,
    explode: Boolean,
    encode: (JsonElement) -> String,
): String =
    when {
        items != null -> items.joinToString(separator)
        pairs != null -> pairs.joinToString(separator) { if (explode) "${it.first}=${it.second}" else "${it.first}$separator${it.second}" }
        else -> encode(value)
    }

/** The query of a call: encoded names and values, in the order of the operation's parameters. */
internal fun queryPairs(
    operation: Operation,
    arguments: Arguments,
): List<Pair<String, String>> =
    operation.parameters.filter { it.location == Location.QUERY }.flatMap { parameter ->
        val value = arguments.parameter(Location.QUERY, parameter.name)
        if (value == null) emptyList() else formPairs(parameter, value)
    }

/** One value in a query-like style as encoded pairs. */
internal fun formPairs(
    parameter: Parameter,
    value: JsonElement,
): List<Pair<String, String>> {
    fun encode(element: JsonElement) = percentEncode(scalar(element), parameter.allowReserved)
    val name = percentEncode(parameter.name)
    return when {
        parameter.style == Style.JSON -> {
            listOf(name to percentEncode(value.toString()))
        }

        isEmpty(parameter, value) -> {
            emptyList()
        }

        parameter.style == Style.DEEP_OBJECT -> {
            deepPairs(name, value, ::encode)
        }

        value is JsonArray -> {
            if (parameter.explode) {
                value.map { name to encode(it) }
            } else {
                listOf(name to value.joinToString(delimiter(parameter.style)) { encode(it) })
            }
        }

        value is JsonObject -> {
            val pairs = value.present()
            if (parameter.explode) {
                pairs.map { percentEncode(it.first) to encode(it.second) }
            } else {
                val separator = delimiter(parameter.style)
                listOf(name to pairs.joinToString(separator) { percentEncode(it.first) + separator + encode(it.second) })
            }
        }

        else -> {
            listOf(name to encode(value))
        }
    }
}

private fun delimiter(style: Style): String =
    when (style) {
        Style.SPACE_DELIMITED -> "%20"
        Style.PIPE_DELIMITED -> "%7C"
        else -> ","
    }

/** Brackets for every step: no document says so, but servers that read brackets read these (qs, Rack, PHP). */
private fun deepPairs(
    name: String,
    value: JsonElement,
    encode: (JsonElement) -> String,
): List<Pair<String, String>> =
    when (value) {
        is JsonObject -> {
            value.present().flatMap { (key, member) -> deepPairs("$name%5B${percentEncode(key)}%5D", member, encode) }
        }

        is JsonArray -> {
            value.flatMapIndexed { index, item ->
                deepPairs("$name%5B${if (item is JsonPrimitive) "" else index}%5D", item, encode)
            }
        }

        is JsonNull -> {
            emptyList()
        }

        else -> {
            listOf(name to encode(value))
        }
    }

/** The header parameters of a call. */
internal fun headerPairs(
    operation: Operation,
    arguments: Arguments,
): List<Pair<String, String>> =
    operation.parameters.filter { it.location == Location.HEADER }.mapNotNull { parameter ->
        val value = arguments.parameter(Location.HEADER, parameter.name)
        if (value == null || isEmpty(parameter, value)) null else parameter.name to headerValue(parameter, value)
    }

private fun headerValue(
    parameter: Parameter,
    value: JsonElement,
): String {
    val pairs = (value as? JsonObject)?.present()?.map { it.first to scalar(it.second) }
    val items = (value as? JsonArray)?.map(::scalar)
    return if (parameter.style == Style.JSON) ascii(value) else joined(value, items, pairs, ",", parameter.explode, ::scalar)
}

/** JSON text in ASCII, which is what a header holds. */
private fun ascii(value: JsonElement): String =
    buildString {
        for (unit in value.toString()) if (unit < '\u007f') append(unit) else append("\\u%04x".format(unit.code))
    }

/** The `Cookie` header of a call, or null when no cookie parameter is given. */
internal fun cookieHeader(
    operation: Operation,
    arguments: Arguments,
): String? =
    operation.parameters
        .filter { it.location == Location.COOKIE }
        .flatMap { parameter ->
            val value = arguments.parameter(Location.COOKIE, parameter.name)
            if (value == null) emptyList() else formPairs(parameter, value)
        }.joinToString("; ") { "${it.first}=${it.second}" }
        .ifEmpty { null }

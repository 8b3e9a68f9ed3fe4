package polyport.runtime

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

private const val UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
private const val RESERVED = ":/?#[]@!$&'()*+,;="

/** Percent-encodes (RFC 3986); [reserved] leaves the reserved characters as they are. */
internal fun percentEncode(
    text: String,
    reserved: Boolean = false,
): String =
    buildString {
        for (byte in text.toByteArray()) {
            val char = byte.toInt().toChar()
            if (byte >= 0 && (char in UNRESERVED || (reserved && char in RESERVED))) {
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
    var path = operation.path
    for (parameter in operation.parameters) {
        if (parameter.location != Location.PATH) continue
        val value = requireNotNull(arguments.parameter(Location.PATH, parameter.name)) { "${parameter.name} has no value" }
        val text = pathValue(parameter, value)
        require(text.isNotEmpty()) { "path parameter '${parameter.name}' must not be empty" }
        require(text != "." && text != "..") { "path parameter '${parameter.name}' must not be '$text': it would change the path" }
        path = path.replace("{${parameter.name}}", text)
    }
    return path
}

private fun pathValue(
    parameter: Parameter,
    value: JsonElement,
): String {
    fun encode(element: JsonElement) = percentEncode(scalar(element), parameter.allowReserved)
    val name = percentEncode(parameter.name)
    val pairs = (value as? JsonObject)?.present()?.map { percentEncode(it.first) to encode(it.second) }
    val items = (value as? JsonArray)?.map(::encode)
    val explode = parameter.explode
    return when (parameter.style) {
        Style.JSON -> {
            percentEncode(value.toString())
        }

        Style.LABEL -> {
            "." + joined(value, items, pairs, if (explode) "." else ",", explode, ::encode)
        }

        Style.MATRIX -> {
            when {
                items != null && explode -> items.joinToString("") { ";$name=$it" }
                pairs != null && explode -> pairs.joinToString("") { ";${it.first}=${it.second}" }
                else -> ";$name=" + joined(value, items, pairs, ",", false, ::encode)
            }
        }

        else -> {
            joined(value, items, pairs, ",", explode, ::encode)
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

        parameter.style == Style.DEEP_OBJECT && value is JsonObject -> {
            deepPairs(name, value, ::encode)
        }

        value is JsonArray -> {
            when {
                value.isEmpty() -> emptyList()
                parameter.explode -> value.map { name to encode(it) }
                else -> listOf(name to value.joinToString(delimiter(parameter.style)) { encode(it) })
            }
        }

        value is JsonObject -> {
            val pairs = value.present()
            when {
                pairs.isEmpty() -> {
                    emptyList()
                }

                parameter.explode -> {
                    pairs.map { percentEncode(it.first) to encode(it.second) }
                }

                else -> {
                    val separator = delimiter(parameter.style)
                    listOf(name to pairs.joinToString(separator) { percentEncode(it.first) + separator + encode(it.second) })
                }
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

private fun deepPairs(
    prefix: String,
    value: JsonObject,
    encode: (JsonElement) -> String,
): List<Pair<String, String>> =
    value.present().flatMap { (key, member) ->
        val name = "$prefix%5B${percentEncode(key)}%5D"
        when (member) {
            is JsonObject -> deepPairs(name, member, encode)
            is JsonArray -> member.map { name to encode(it) }
            else -> listOf(name to encode(member))
        }
    }

/** The header parameters of a call. */
internal fun headerPairs(
    operation: Operation,
    arguments: Arguments,
): List<Pair<String, String>> =
    operation.parameters.filter { it.location == Location.HEADER }.mapNotNull { parameter ->
        val value = arguments.parameter(Location.HEADER, parameter.name)
        if (value == null) null else parameter.name to headerValue(parameter, value)
    }

private fun headerValue(
    parameter: Parameter,
    value: JsonElement,
): String {
    val pairs = (value as? JsonObject)?.present()?.map { it.first to scalar(it.second) }
    val items = (value as? JsonArray)?.map(::scalar)
    return if (parameter.style == Style.JSON) value.toString() else joined(value, items, pairs, ",", parameter.explode, ::scalar)
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

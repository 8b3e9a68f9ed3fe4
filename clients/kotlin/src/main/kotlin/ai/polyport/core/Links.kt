package ai.polyport.core

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive
import okhttp3.HttpUrl.Companion.toHttpUrlOrNull

/** The target of `rel="next"` in a `Link` header (RFC 8288, section 3), or null. */
internal fun nextLink(header: String?): String? =
    linksOf(header.orEmpty())
        .firstOrNull { (_, params) ->
            "anchor" !in params && "next" in params["rel"].orEmpty().lowercase().split(' ')
        }?.first

/**
 * The URL of the page that an answer links to, resolved against that of the [page] before (RFC 3986, section 5).
 *
 * @throws APIDecodingException for a link that is no URL, that leads to another origin, or that was [followed] before
 */
internal fun linkedUrl(
    link: JsonElement,
    page: String,
    followed: List<String>,
): String {
    val base = page.toHttpUrlOrNull() ?: throw APIException("only HTTP can follow the link to the next page: '$page' is no URL")
    val text = if (link is JsonPrimitive) link.content else link.toString()

    fun fail(what: String) =
        APIDecodingException("GET ${base.encodedPath}: the link to the next page $what: ${shownUrl(text)}", rawBody = text.toByteArray())
    if (link !is JsonPrimitive || !link.isString) throw fail("is no text")
    val url = base.resolve(text) ?: throw fail("is no URL")
    if (url.scheme != base.scheme || url.host != base.host || url.port != base.port) {
        throw fail("leads away from ${base.scheme}://${base.host}:${base.port}; it is not followed")
    }
    val target =
        url
            .newBuilder()
            .fragment(null)
            .encodedUsername(base.encodedUsername)
            .encodedPassword(base.encodedPassword)
            .toString()
    if (target in followed) throw fail("was followed before: the pages go round in a circle")
    return target
}

/** The path of a URL; the URL itself where it is none of HTTP. */
internal fun pathOf(url: String): String = url.toHttpUrlOrNull()?.encodedPath ?: url

/** The names of the query members of a URL. */
internal fun queryNames(url: String?): Set<String> = url?.toHttpUrlOrNull()?.queryParameterNames.orEmpty()

/** This operation as it asks for the page at [link]: that has all of the query, and there is no body. */
internal fun Operation.linked(link: String): Operation {
    val path = link.toHttpUrlOrNull()?.encodedPath ?: path
    val sent = parameters.filter { it.location == Location.HEADER || it.location == Location.COOKIE }
    return Operation(id, "GET", path, sent, null, accept, security, server, terminator)
}

/** The links of a header, each with its parameters by their names in lower case. */
private fun linksOf(header: String): Sequence<Pair<String, Map<String, String>>> =
    sequence {
        var at = 0
        while (true) {
            val start = header.indexOf('<', at)
            val end = if (start < 0) -1 else header.indexOf('>', start)
            if (end < 0) break
            val pieces = mutableListOf(StringBuilder())
            var quoted = false
            at = end + 1
            while (at < header.length && (quoted || header[at] != ',')) {
                when {
                    header[at] == '"' -> {
                        quoted = !quoted
                    }

                    header[at] == ';' && !quoted -> {
                        pieces += StringBuilder()
                    }

                    else -> {
                        if (quoted && header[at] == '\\') at++
                        header.getOrNull(at)?.let(pieces.last()::append)
                    }
                }
                at++
            }
            val params = LinkedHashMap<String, String>()
            for (piece in pieces) {
                params.putIfAbsent(piece.toString().substringBefore('=').trim().lowercase(), piece.toString().substringAfter('=', "").trim())
            }
            yield(header.substring(start + 1, end) to params)
        }
    }

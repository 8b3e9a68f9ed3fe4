package polyport.runtime

import okhttp3.HttpUrl
import okhttp3.Request
import okhttp3.Response

private const val MOST_REDIRECTS = 10

internal fun isRedirect(response: Response): Boolean =
    response.code in setOf(301, 302, 303, 307, 308) && response.header("Location") != null

/**
 * Where the answers to a call send it, as browsers go there (WHATWG Fetch, 4.4): 307 and 308 have the method and body sent
 * again, 303 becomes GET, 301 and 302 do where it was POST. Secrets never leave their origin.
 */
internal class Redirects(
    private val call: Call,
) {
    private val seen = HashSet<Pair<String, HttpUrl>>()

    /**
     * The request that a redirect asks for.
     *
     * @throws APIDecodingException when it leads to no URL, round in a circle, or on and on
     * @throws APIException when it asks for a body that can be sent only once
     */
    fun following(
        request: Request,
        response: Response,
    ): Request {
        val location = response.header("Location").orEmpty()
        val target =
            request.url
                .resolve(location)
                ?.newBuilder()
                ?.fragment(null)
                ?.build() ?: throw lost(location, "is no URL of HTTP")
        val method = followingMethod(request.method, response.code)
        seen += request.method to request.url
        if (method to target in seen) throw lost("$target", "leads round in a circle")
        if (seen.size > MOST_REDIRECTS) throw lost("$target", "comes after $MOST_REDIRECTS others")
        val builder = request.newBuilder().url(target)
        if (method != request.method) {
            builder.method(method, null)
            val ofBody = request.headers.names().filter { it.startsWith("content-", ignoreCase = true) }
            (ofBody + "Idempotency-Key").forEach(builder::removeHeader)
        } else if (request.body != null && !call.arguments.repeatable) {
            val place = shownUrl("$target")
            throw APIException("$call: the redirect to $place wants the body once more, which can be sent only once")
        }
        val here = request.url
        if (target.host != here.host || target.port != here.port || target.scheme != here.scheme) {
            request.headers
                .names()
                .filter { isSecret(it, call.secretHeaders) }
                .forEach(builder::removeHeader)
        }
        return builder.build()
    }

    private fun lost(
        location: String,
        what: String,
    ) = APIDecodingException("$call: the redirect to ${shownUrl(location)} $what", rawBody = location.toByteArray())
}

private fun followingMethod(
    method: String,
    status: Int,
): String {
    val isRead = method == "GET" || method == "HEAD"
    val isChanged = if (status == 303) !isRead else method == "POST" && status < 303
    return if (isChanged) "GET" else method
}

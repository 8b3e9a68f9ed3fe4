package ai.polyport.core

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlin.time.Duration

/** The root of everything a call can throw (cancellation apart). */
public open class APIException
    @JvmOverloads
    constructor(
        message: String,
        cause: Throwable? = null,
    ) : RuntimeException(message, cause)

/** The call needs a credential that the client was not given; nothing was sent. */
public class MissingCredentialException internal constructor(
    message: String,
) : APIException(message)

/** The server answered with a status that is not a success. */
public open class APIStatusException internal constructor(
    message: String,
    /** The HTTP status. */
    public val status: Int,
    /** The answer's headers. */
    public val headers: Headers,
    /** The answer's body as it came. */
    public val rawBody: ByteArray,
    /** The body as JSON, or null when it is not JSON. */
    public val body: JsonElement?,
    /** How long the server asked to wait, or null. */
    public val retryAfter: Duration?,
) : APIException(message) {
    /** The server's id of this request (`x-request-id`), or null. */
    public val requestId: String? get() = headers[REQUEST_ID]

    /** The body as a model of this package, or null when it is no JSON of that kind: `failure.bodyAs<Problem>()`. */
    public inline fun <reified T : Any> bodyAs(): T? = bodyAs(T::class.java)

    /** The body as a value of [type], or null when it is no JSON of that kind. */
    public fun <T : Any> bodyAs(type: Class<T>): T? =
        try {
            body?.let(codecOf(type)::decode)
        } catch (_: Mismatch) {
            null
        }
}

/** 400: the request is wrong. */
public class BadRequestException internal constructor(
    failure: StatusFailure,
) : APIStatusException(failure.message, failure.status, failure.headers, failure.rawBody, failure.body, failure.retryAfter)

/** 401: no key, or a wrong one. */
public class AuthenticationException internal constructor(
    failure: StatusFailure,
) : APIStatusException(failure.message, failure.status, failure.headers, failure.rawBody, failure.body, failure.retryAfter)

/** 403: the key may not do this. */
public class PermissionDeniedException internal constructor(
    failure: StatusFailure,
) : APIStatusException(failure.message, failure.status, failure.headers, failure.rawBody, failure.body, failure.retryAfter)

/** 404: no such thing. */
public class NotFoundException internal constructor(
    failure: StatusFailure,
) : APIStatusException(failure.message, failure.status, failure.headers, failure.rawBody, failure.body, failure.retryAfter)

/** 409: it conflicts with what is there. */
public class ConflictException internal constructor(
    failure: StatusFailure,
) : APIStatusException(failure.message, failure.status, failure.headers, failure.rawBody, failure.body, failure.retryAfter)

/** 422: understood, but not acceptable. */
public class UnprocessableEntityException internal constructor(
    failure: StatusFailure,
) : APIStatusException(failure.message, failure.status, failure.headers, failure.rawBody, failure.body, failure.retryAfter)

/** 429: too many requests; see [retryAfter]. */
public class RateLimitException internal constructor(
    failure: StatusFailure,
) : APIStatusException(failure.message, failure.status, failure.headers, failure.rawBody, failure.body, failure.retryAfter)

/** 500 and above: the server failed. */
public class InternalServerException internal constructor(
    failure: StatusFailure,
) : APIStatusException(failure.message, failure.status, failure.headers, failure.rawBody, failure.body, failure.retryAfter)

/** The server was not reached, or the connection broke. */
public open class APIConnectionException
    @JvmOverloads
    constructor(
        message: String,
        cause: Throwable? = null,
    ) : APIException(message, cause)

/** A deadline passed. */
public class APITimeoutException
    @JvmOverloads
    constructor(
        message: String,
        cause: Throwable? = null,
    ) : APIConnectionException(message, cause)

/** An answer, or a part of one, is not what the API's description says. */
public class APIDecodingException
    @JvmOverloads
    constructor(
        message: String,
        /** What did not fit, such as `ChatCompletion.choices[0]`; empty for a whole body. */
        public val where: String = "",
        /** The bytes that did not fit. */
        public val rawBody: ByteArray = ByteArray(0),
        cause: Throwable? = null,
    ) : APIException(message, cause)

/** A stream carried an error event, or ended before its end. */
public class APIStreamException
    @JvmOverloads
    constructor(
        message: String,
        /** The error event's JSON (a text when it is not JSON), or null when the stream was cut short. */
        public val body: JsonElement? = null,
        cause: Throwable? = null,
    ) : APIException(message, cause)

internal const val REQUEST_ID = "x-request-id"

/** What the exceptions of the status family are made of. */
internal class StatusFailure(
    method: String,
    path: String,
    val status: Int,
    val headers: Headers,
    val rawBody: ByteArray,
    val retryAfter: Duration?,
) {
    private val text: String = rawBody.toString(Charsets.UTF_8)
    val body: JsonElement? = parseJsonOrNull(text)
    val message: String =
        buildString {
            append(method)
                .append(' ')
                .append(path)
                .append(": ")
                .append(status)
            val said = serverMessage(body) ?: text.take(200)
            if (said.isNotBlank()) append(' ').append(said.trim())
            headers[REQUEST_ID]?.let { append(" (request id ").append(it).append(')') }
        }

    fun toException(): APIStatusException =
        when {
            status == 400 -> BadRequestException(this)
            status == 401 -> AuthenticationException(this)
            status == 403 -> PermissionDeniedException(this)
            status == 404 -> NotFoundException(this)
            status == 409 -> ConflictException(this)
            status == 422 -> UnprocessableEntityException(this)
            status == 429 -> RateLimitException(this)
            status >= 500 -> InternalServerException(this)
            else -> APIStatusException(message, status, headers, rawBody, body, retryAfter)
        }
}

/** The message in an error body: `error.message`, `message`, `error` or `detail`, whichever is a string first. */
internal fun serverMessage(body: JsonElement?): String? {
    val members = body as? JsonObject ?: return null
    val error = members["error"]
    return (error as? JsonObject)?.get("message").stringOrNull()
        ?: members["message"].stringOrNull()
        ?: error.stringOrNull()
        ?: members["detail"].stringOrNull()
}

package polyport.runtime

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.take
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import java.time.LocalDate
import java.time.OffsetDateTime
import java.util.Base64

/** What a client observes while it plays a vector. */
internal class VectorObservation(
    private val leaveAfter: Int?,
) {
    var value: Any? = null
    var result: JsonElement? = null
    val values: MutableList<Any?> = ArrayList()
    val elements: MutableList<JsonElement> = ArrayList()
    var status: Int? = null
    var headers: Headers = Headers.EMPTY
    var error: Throwable? = null

    fun <T> result(
        value: T,
        codec: Codec<T>,
    ) {
        this.value = value
        result = codec.encode(value)
    }

    fun sum(value: Model?) {
        this.value = value
        result = value?.toJson() ?: JsonNull
    }

    suspend fun binary(response: BinaryResponse) {
        result = JsonObject(mapOf("base64" to JsonPrimitive(Base64.getEncoder().encodeToString(response.bytes()))))
    }

    suspend fun <T> mixed(
        response: MixedResponse<T>?,
        codec: Codec<T>,
    ) {
        when (response) {
            null -> nothing()
            is MixedResponse.Json -> result(response.value, codec)
            is MixedResponse.Text -> result(response.text, StringCodec)
            is MixedResponse.Binary -> binary(response.content)
        }
    }

    fun nothing() {
        result = JsonNull
    }

    fun raw(response: RawResponse<*>) {
        status = response.status
        headers = response.headers
    }

    /** Takes events as they came. */
    suspend fun came(events: Flow<ServerSentEvent>) {
        events.collect {
            val members = mapOf("event" to it.event, "data" to it.data, "id" to it.id, "retry" to it.retry)
            elements += jsonOf(members.filterValues { value -> value != null })
        }
    }

    suspend fun <T> collect(
        flow: Flow<T>,
        codec: Codec<T>,
    ) {
        (if (leaveAfter == null) flow else flow.take(leaveAfter)).collect {
            values += it
            elements += codec.encode(it)
        }
    }
}

/** The kind of an error as vectors name it. */
internal fun kindOf(error: Throwable): String =
    when (error) {
        is BadRequestException -> "BadRequest"
        is AuthenticationException -> "Authentication"
        is PermissionDeniedException -> "PermissionDenied"
        is NotFoundException -> "NotFound"
        is ConflictException -> "Conflict"
        is UnprocessableEntityException -> "UnprocessableEntity"
        is RateLimitException -> "RateLimit"
        is InternalServerException -> "InternalServer"
        is APIStatusException -> "APIStatus"
        is APITimeoutException -> "Timeout"
        is APIConnectionException -> "Connection"
        is APIDecodingException -> "Decoding"
        is APIStreamException -> "Stream"
        is MissingCredentialException -> "MissingCredential"
        is CancellationException -> "Cancelled"
        is IllegalArgumentException -> "InvalidArgument"
        else -> error.toString()
    }

/** The JSON of a value that was read from a model. */
internal fun jsonOfRead(value: Any?): JsonElement =
    when (value) {
        is OffsetDateTime -> {
            DateTimeCodec.encode(value)
        }

        is LocalDate -> {
            DateCodec.encode(value)
        }

        is Double -> {
            DoubleCodec.encode(value)
        }

        is List<*> -> {
            JsonArray(value.map(::jsonOfRead))
        }

        is Map<*, *> -> {
            if (value is JsonElement) {
                value as JsonElement
            } else {
                JsonObject(
                    value.entries.associate {
                        "${it.key}" to
                            jsonOfRead(it.value)
                    },
                )
            }
        }

        else -> {
            jsonOf(value)
        }
    }

/** JSON equality: numbers by value, members in any order. */
internal fun sameJson(
    a: JsonElement?,
    b: JsonElement?,
): Boolean =
    when {
        a is JsonObject && b is JsonObject -> {
            a.keys == b.keys && a.all { (name, value) -> sameJson(value, b[name]) }
        }

        a is JsonArray && b is JsonArray -> {
            a.size == b.size && a.indices.all { sameJson(a[it], b[it]) }
        }

        a is JsonPrimitive && b is JsonPrimitive && !a.isString && !b.isString && a !is JsonNull && b !is JsonNull -> {
            a.content == b.content || sameNumber(a.content, b.content)
        }

        else -> {
            a == b
        }
    }

private fun sameNumber(
    a: String,
    b: String,
): Boolean {
    val left = a.toBigDecimalOrNull()
    val right = b.toBigDecimalOrNull()
    return left != null && right != null && left.compareTo(right) == 0
}

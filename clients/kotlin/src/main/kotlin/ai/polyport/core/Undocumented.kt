package ai.polyport.core

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * Calls to endpoints that the API's document does not have. The result's type says how the answer is read: a model of
 * this package, [JsonElement], [String] (a JSON string), [ByteArray] (as it came), or [Unit] (not at all).
 */
public class Endpoints internal constructor(
    private val client: ApiClient,
) {
    /** Makes the call and reads the answer as [type]. */
    public suspend fun <T : Any> request(
        method: String,
        path: String,
        type: Class<T>,
        body: Any? = null,
        options: CallOptions? = null,
    ): T {
        val arguments = Arguments()
        if (body is Upload) {
            arguments.upload = body
        } else if (body != null) {
            arguments.whole = jsonOf(body)
        }
        val spec = if (body is Upload) BodySpec(BodyKind.BINARY, body.contentType ?: "application/octet-stream", true) else JSON_BODY
        val operation =
            Operation(
                id = "",
                method = method.uppercase(),
                path = path,
                body = spec.takeIf { body != null },
            )
        val result: Any =
            when (type) {
                Unit::class.java -> client.send(operation, arguments, options)
                ByteArray::class.java -> client.binary(operation, arguments, options).bytes()
                else -> client.call(operation, arguments, options, codecOf(type))
            }
        return type.cast(result)
    }

    private companion object {
        val JSON_BODY = BodySpec(BodyKind.JSON, "application/json", required = false)
    }
}

/** JSON from what people have at hand: models, JSON, maps, lists and scalars. */
public fun jsonOf(value: Any?): JsonElement =
    when (value) {
        null -> JsonNull
        is JsonElement -> value
        is JsonValue -> value.toJson()
        is String -> JsonPrimitive(value)
        is Boolean -> JsonPrimitive(value)
        is Double -> DoubleCodec.encode(value)
        is Float -> DoubleCodec.encode(value.toString().toDouble())
        is Number -> JsonPrimitive(value)
        is Iterable<*> -> JsonArray(value.map(::jsonOf))
        is Map<*, *> -> JsonObject(value.entries.associate { it.key.toString() to jsonOf(it.value) })
        else -> throw IllegalArgumentException("${value.javaClass.name} cannot be sent as JSON")
    }

/** The codec for values of a class: a model of this package, JSON, or a text. */
@Suppress("UNCHECKED_CAST")
internal fun <T : Any> codecOf(type: Class<T>): Codec<T> {
    val codec: Any? =
        when {
            type == String::class.java -> StringCodec
            type == JsonObject::class.java -> JsonObjectCodec
            JsonElement::class.java.isAssignableFrom(type) -> JsonCodec
            else -> runCatching { type.getField("Companion").get(null) }.getOrNull()
        }
    require(codec is Codec<*>) { "${type.name} is neither a model of this package nor JSON" }
    return codec as Codec<T>
}

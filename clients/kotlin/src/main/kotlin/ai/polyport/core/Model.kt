package ai.polyport.core

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import java.util.Collections
import java.util.concurrent.ConcurrentHashMap

/**
 * The base of every generated model: an immutable JSON object with typed views on its members.
 *
 * A member is decoded when it is read, so that a missing or odd one that nobody reads breaks nothing; reading it throws
 * [APIDecodingException]. Members that this version does not know are kept and sent again.
 */
public abstract class Model internal constructor(
    private val members: JsonObject,
) : JsonValue {
    @Volatile
    private var cache: MutableMap<String, Any>? = null

    override fun toJson(): JsonObject = members

    /** Models are equal when they are of one class and their JSON is equal. */
    final override fun equals(other: Any?): Boolean =
        this === other || (other is Model && other.javaClass === javaClass && other.members == members)

    final override fun hashCode(): Int = members.hashCode()

    final override fun toString(): String = modelName() + shown(members)

    /** True when the member [name] is there, even if it is null. */
    public fun has(name: String): Boolean = name in members

    internal fun <T : Any> required(
        name: String,
        codec: Codec<T>,
    ): T {
        val element = members[name]
        return decoded(name, element ?: throw missing(name), codec)
    }

    /** A required member whose schema allows null. */
    internal fun <T : Any> requiredNullable(
        name: String,
        codec: Codec<T>,
    ): T? {
        val element = members[name] ?: throw missing(name)
        return if (element is JsonNull) null else decoded(name, element, codec)
    }

    internal fun <T : Any> optional(
        name: String,
        codec: Codec<T>,
    ): T? {
        val element = members[name]
        return if (element == null || element is JsonNull) null else decoded(name, element, codec)
    }

    /** The members that are not in [known], each decoded. */
    internal fun <T> additional(
        known: Set<String>,
        codec: Codec<T>,
    ): Map<String, T> =
        members.filterKeys { it !in known }.mapValues { (name, element) ->
            codec.decodeNamed(element, "${modelName()}.$name")
        }

    private fun missing(name: String): APIDecodingException =
        APIDecodingException("${modelName()}.$name: missing", where = "${modelName()}.$name", rawBody = members.toString().toByteArray())

    @Suppress("UNCHECKED_CAST")
    private fun <T : Any> decoded(
        name: String,
        element: JsonElement,
        codec: Codec<T>,
    ): T {
        if (element !is JsonObject && element !is Collection<*>) return codec.decodeNamed(element, "${modelName()}.$name")
        val known = cache ?: ConcurrentHashMap<String, Any>(4).also { cache = it }
        val found = known[name]
        if (found != null) return found as T
        val value = codec.decodeNamed(element, "${modelName()}.$name")
        known[name] = value
        return value
    }

    /** `ChatMessage`, or `ContentPart.Text` for a class inside another. */
    private fun modelName(): String = javaClass.name.substringAfterLast('.').replace('$', '.')
}

/** The codec that a model's companion object is. */
public abstract class ModelCodec<T : Model> internal constructor(
    private val wrap: (JsonObject) -> T,
) : Codec<T> {
    /** How the values of a stream add up. */
    internal open val deltas: Deltas = Deltas()

    override fun decode(element: JsonElement): T = wrap(JsonObjectCodec.decode(element))

    override fun encode(value: T): JsonElement = value.toJson()

    /** Reads a model from JSON text; throws [APIDecodingException] when it is not a JSON object. */
    public fun fromJson(text: String): T {
        val element =
            try {
                parseJson(text)
            } catch (failure: SerializationException) {
                throw APIDecodingException("not JSON: ${failure.message}", rawBody = text.toByteArray(), cause = failure)
            }
        return decodeNamed(element, "the document")
    }
}

/** Keeps the receivers of nested builder blocks apart. */
@DslMarker
@Target(AnnotationTarget.CLASS)
public annotation class ApiDsl

/**
 * The base of every builder: members by wire name, encoded as they are set.
 *
 * Setting a member to null sends null where the API knows a null, and leaves the member out where it does not; a member
 * that was never set, or that [unset] took out, is not sent.
 */
@ApiDsl
public abstract class ModelBuilder internal constructor(
    private val members: MutableMap<String, JsonElement>,
) {
    /** Takes a member out again, by its wire name. */
    public fun unset(name: String) {
        members.remove(name)
    }

    /** Sets a member that this version has no property for. */
    public fun putExtra(
        name: String,
        value: JsonElement,
    ) {
        members[name] = value
    }

    internal fun <T : Any> read(
        name: String,
        codec: Codec<T>,
    ): T? = members[name]?.takeIf { it !is JsonNull }?.let { codec.decodeNamed(it, name) }

    internal fun <T : Any> readRequired(
        name: String,
        codec: Codec<T>,
    ): T = read(name, codec) ?: throw APIDecodingException("$name: missing", where = name)

    internal fun <T : Any> write(
        name: String,
        codec: Codec<T>,
        value: T?,
    ) {
        if (value == null) members.remove(name) else members[name] = codec.encode(value)
    }

    internal fun <T : Any> writeNullable(
        name: String,
        codec: Codec<T>,
        value: T?,
    ) {
        members[name] = if (value == null) JsonNull else codec.encode(value)
    }

    internal fun finish(): JsonObject = JsonObject(Collections.unmodifiableMap(LinkedHashMap(members)))
}

/** An enum that later versions may extend: any value of its JSON type is one, the known ones are constants. */
public interface OpenEnum<out T : Any> : JsonValue {
    /** The value as it is on the wire. */
    public val value: T
}

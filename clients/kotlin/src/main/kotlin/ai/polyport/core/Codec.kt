package ai.polyport.core

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.JsonUnquotedLiteral
import java.math.BigDecimal
import java.time.LocalDate
import java.time.OffsetDateTime
import java.time.format.DateTimeFormatter
import java.time.format.DateTimeParseException
import java.util.Collections

/** Turns a Kotlin value into JSON and back. Every model's companion object is one. */
public interface Codec<T> {
    /** Reads [element]; throws [APIDecodingException] (or an internal mismatch that becomes one) when it does not fit. */
    public fun decode(element: JsonElement): T

    /** Writes [value]. */
    public fun encode(value: T): JsonElement
}

/** Says which element did not fit; whoever knows the place turns it into an [APIDecodingException]. */
internal class Mismatch(
    val expected: String,
    val element: JsonElement,
    val path: String = "",
) : RuntimeException("expected $expected, got ${jsonTypeOf(element)}", null, false, false) {
    fun under(prefix: String): Mismatch = Mismatch(expected, element, prefix + path)
}

internal object StringCodec : Codec<String> {
    override fun decode(element: JsonElement): String = element.stringOrNull() ?: throw Mismatch("a string", element)

    override fun encode(value: String): JsonElement = JsonPrimitive(value)
}

internal object BooleanCodec : Codec<Boolean> {
    override fun decode(element: JsonElement): Boolean {
        if (element is JsonPrimitive && !element.isString) {
            if (element.content == "true") return true
            if (element.content == "false") return false
        }
        throw Mismatch("a boolean", element)
    }

    override fun encode(value: Boolean): JsonElement = JsonPrimitive(value)
}

private fun number(
    element: JsonElement,
    expected: String,
): String {
    val type = jsonTypeOf(element)
    if (type != "integer" && type != "number") throw Mismatch(expected, element)
    return (element as JsonPrimitive).content
}

internal object LongCodec : Codec<Long> {
    override fun decode(element: JsonElement): Long {
        val text = number(element, "an integer")
        return text.toLongOrNull() ?: exact(text) ?: throw Mismatch("an integer of 64 bits", element)
    }

    override fun encode(value: Long): JsonElement = JsonPrimitive(value)

    /** `1.0` and `1e3` are integers too; a huge exponent must not be expanded. */
    private fun exact(text: String): Long? =
        try {
            BigDecimal(text).takeIf { it.scale() > -20 && it.precision() < 64 }?.longValueExact()
        } catch (_: ArithmeticException) {
            null
        }
}

internal object IntCodec : Codec<Int> {
    override fun decode(element: JsonElement): Int {
        val value = LongCodec.decode(element)
        if (value < Int.MIN_VALUE || value > Int.MAX_VALUE) throw Mismatch("an integer of 32 bits", element)
        return value.toInt()
    }

    override fun encode(value: Int): JsonElement = JsonPrimitive(value)
}

@OptIn(ExperimentalSerializationApi::class)
internal object DoubleCodec : Codec<Double> {
    override fun decode(element: JsonElement): Double = number(element, "a number").toDouble()

    override fun encode(value: Double): JsonElement {
        require(value.isFinite()) { "JSON has no $value" }
        return JsonUnquotedLiteral(text(value))
    }

    /** As ECMAScript writes numbers: `1`, `0.00001`, `1e+21`. */
    private fun text(value: Double): String {
        if (value == 0.0) return "0"
        val digits = BigDecimal(value.toString()).stripTrailingZeros()
        val size = Math.abs(value)
        if (size >= 1e-6 && size < 1e21) return digits.toPlainString()
        val exponent = digits.precision() - digits.scale() - 1
        val mantissa = digits.movePointLeft(exponent).toPlainString()
        return "${mantissa}e${if (exponent < 0) "" else "+"}$exponent"
    }
}

internal object DateTimeCodec : Codec<OffsetDateTime> {
    override fun decode(element: JsonElement): OffsetDateTime =
        try {
            OffsetDateTime.parse(StringCodec.decode(element))
        } catch (_: DateTimeParseException) {
            throw Mismatch("a date and time (RFC 3339)", element)
        }

    override fun encode(value: OffsetDateTime): JsonElement = JsonPrimitive(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(value))
}

internal object DateCodec : Codec<LocalDate> {
    override fun decode(element: JsonElement): LocalDate =
        try {
            LocalDate.parse(StringCodec.decode(element))
        } catch (_: DateTimeParseException) {
            throw Mismatch("a date", element)
        }

    override fun encode(value: LocalDate): JsonElement = JsonPrimitive(value.toString())
}

/** Any JSON at all. */
internal object JsonCodec : Codec<JsonElement> {
    override fun decode(element: JsonElement): JsonElement = element

    override fun encode(value: JsonElement): JsonElement = value
}

internal object JsonObjectCodec : Codec<JsonObject> {
    override fun decode(element: JsonElement): JsonObject = element as? JsonObject ?: throw Mismatch("an object", element)

    override fun encode(value: JsonObject): JsonElement = value
}

internal class ListCodec<T>(
    private val item: Codec<T>,
) : Codec<List<T>> {
    override fun decode(element: JsonElement): List<T> {
        val array = element as? JsonArray ?: throw Mismatch("an array", element)
        // Java could write into a plain one, and so into the model that keeps it.
        return Collections.unmodifiableList(
            array.mapIndexed { index, value ->
                try {
                    item.decode(value)
                } catch (mismatch: Mismatch) {
                    throw mismatch.under("[$index]")
                }
            },
        )
    }

    override fun encode(value: List<T>): JsonElement = JsonArray(value.map(item::encode))
}

internal class MapCodec<T>(
    private val value: Codec<T>,
) : Codec<Map<String, T>> {
    override fun decode(element: JsonElement): Map<String, T> {
        val members = element as? JsonObject ?: throw Mismatch("an object", element)
        return Collections.unmodifiableMap(
            members.mapValues { (name, member) ->
                try {
                    value.decode(member)
                } catch (mismatch: Mismatch) {
                    throw mismatch.under("[\"$name\"]")
                }
            },
        )
    }

    override fun encode(value: Map<String, T>): JsonElement = JsonObject(value.mapValues { this.value.encode(it.value) })
}

internal class NullableCodec<T : Any>(
    private val inner: Codec<T>,
) : Codec<T?> {
    override fun decode(element: JsonElement): T? = if (element is JsonNull) null else inner.decode(element)

    override fun encode(value: T?): JsonElement = if (value == null) JsonNull else inner.encode(value)
}

/** Of what is never JSON. */
internal object NoCodec : Codec<Nothing> {
    override fun decode(element: JsonElement): Nothing = throw Mismatch("no JSON", element)

    override fun encode(value: Nothing): JsonElement = value
}

/** Decodes a whole document; a misfit becomes an [APIDecodingException] that names [what]. */
internal fun <T> Codec<T>.decodeNamed(
    element: JsonElement,
    what: String,
): T =
    try {
        decode(element)
    } catch (mismatch: Mismatch) {
        throw APIDecodingException(
            "$what${mismatch.path}: ${mismatch.message}",
            where = what + mismatch.path,
            rawBody = mismatch.element.toString().toByteArray(),
        )
    }

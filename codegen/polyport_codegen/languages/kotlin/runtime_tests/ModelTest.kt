package polyport.runtime

import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNotEquals
import kotlin.test.assertNull
import kotlin.test.assertSame

/** A model as the generator writes them. */
internal class Point internal constructor(
    members: JsonObject,
) : Model(members) {
    val x: Long get() = required("x", LongCodec)
    val label: String? get() = optional("label", StringCodec)
    val note: String? get() = requiredNullable("note", StringCodec)
    val next: List<Point>? get() = optional("next", ListCodec(Point))

    class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        var label: String?
            get() = read("label", StringCodec)
            set(value) = write("label", StringCodec, value)
        var note: String?
            get() = read("note", StringCodec)
            set(value) = writeNullable("note", StringCodec, value)
    }

    fun copy(block: Builder.() -> Unit): Point = Point(Builder(LinkedHashMap(toJson())).apply(block).finish())

    companion object : ModelCodec<Point>(::Point)
}

/** An event of a stream as the generator writes them. */
internal class Chunk internal constructor(
    members: JsonObject,
) : Model(members) {
    companion object : ModelCodec<Chunk>(::Chunk) {
        override val deltas: Deltas =
            Deltas(
                joined =
                    setOf(
                        listOf("choices", "[]", "delta", "content"),
                        listOf("choices", "[]", "delta", "tool_calls", "[]", "function", "arguments"),
                    ),
                merged = mapOf(listOf("choices") to "index", listOf("choices", "[]", "delta", "tool_calls") to "index"),
                pieces = setOf(listOf("choices", "[]", "delta")),
                kept = setOf(listOf("choices", "[]", "delta", "mood")),
                names = setOf("role", "id"),
                endings = listOf("_id"),
            )
    }
}

internal class ModelTest {
    @Test
    fun `no text shows a secret`() {
        val json = parseJson("""{"list":[{"password":"p"}],"recovery_code":null,"name":"n"}""")
        assertEquals("""{"list":[{"password":"***"}],"recovery_code":null,"name":"n"}""", shown(json))
    }

    @Test
    fun `members are decoded when read`() {
        val point = Point.fromJson("""{"x":"one","label":"a","next":[{"x":2}]}""")
        assertEquals("a", point.label)
        assertEquals(2, point.next?.single()?.x)
        assertSame(point.next, point.next)
        val failure = assertFailsWith<APIDecodingException> { point.x }
        assertEquals("Point.x: expected an integer, got string", failure.message)
        assertEquals("Point.x", failure.where)
        assertEquals("\"one\"", failure.rawBody.toString(Charsets.UTF_8))
        assertEquals("Point.note: missing", assertFailsWith<APIDecodingException> { point.note }.message)
        assertNull(Point.fromJson("""{"note":null}""").note)
    }

    @Test
    fun `the place of a misfit in a list is named`() {
        val point = Point.fromJson("""{"next":[{"x":1},7]}""")
        assertEquals("Point.next[1]", assertFailsWith<APIDecodingException> { point.next }.where)
    }

    @Test
    fun `unknown members survive copies`() {
        val text = """{"x":1,"big":12345678901234567890,"one":1.0,"odd":{"a":[null]}}"""
        val copy =
            Point.fromJson(text).copy {
                label = "b"
                note = null
            }
        assertEquals(
            """{"x":1,"big":12345678901234567890,"one":1.0,"odd":{"a":[null]},"label":"b","note":null}""",
            copy.toJson().toString(),
        )
        val back =
            copy.copy {
                label = null
                unset("note")
            }
        assertEquals(text, back.toJson().toString())
        assertEquals(Point.fromJson(text), back)
        assertEquals(Point.fromJson(text).hashCode(), back.hashCode())
        assertNotEquals(copy, back)
    }

    @Test
    fun `text that is not a JSON object is refused`() {
        for (text in listOf("", "[]", "{", "nul", "{\"a\":tru}", "{\"a\":01}", "{\"a\":NaN}", "{} x")) {
            assertFailsWith<APIDecodingException>(text) { Point.fromJson(text) }
        }
        assertFailsWith<SerializationException> { parseJson("word") }
        assertEquals("object", assertFailsWith<Mismatch> { StringCodec.decode(JsonObject(emptyMap())) }.message?.substringAfterLast(' '))
    }

    @Test
    fun `numbers are exact`() {
        assertEquals(1000, LongCodec.decode(parseJson("1e3")))
        assertEquals(1, LongCodec.decode(parseJson("1.0")))
        assertEquals(Long.MIN_VALUE, LongCodec.decode(parseJson("-9223372036854775808")))
        for (text in listOf("1.5", "9223372036854775808", "1e999999999", "\"1\"", "true")) {
            assertFailsWith<Mismatch>(text) { LongCodec.decode(parseJson(text)) }
        }
        assertFailsWith<Mismatch> { IntCodec.decode(parseJson("2147483648")) }
        assertEquals("1", DoubleCodec.encode(1.0).toString())
        assertEquals("0.2", DoubleCodec.encode(0.2).toString())
        assertFailsWith<IllegalArgumentException> { DoubleCodec.encode(Double.NaN) }
    }

    @Test
    fun `dates keep their seconds`() {
        val time = DateTimeCodec.decode(JsonPrimitive("2026-01-02T03:04:00Z"))
        assertEquals(JsonPrimitive("2026-01-02T03:04:00Z"), DateTimeCodec.encode(time))
        assertFailsWith<Mismatch> { DateCodec.decode(JsonPrimitive("soon")) }
        assertNull(NullableCodec(DateCodec).decode(JsonNull))
    }

    @Test
    fun `unions are decided by type, tag and members`() {
        fun variant(
            name: String,
            vararg types: String,
            tags: Map<String, List<Any?>> = emptyMap(),
            keys: List<String> = emptyList(),
            items: Set<String> = emptySet(),
        ) = Alternative(setOf(*types), tags, keys, items) { name }
        val alternatives =
            listOf(
                variant("a", "object", tags = mapOf(tag("k", "a"), tag("n", 1L))),
                variant("open", "object", tags = mapOf(tag("k", null)), keys = listOf("free")),
                variant("words", "array", items = setOf("string")),
                variant("numbers", "array", items = setOf("number")),
                variant("scalar", "string", "number"),
            )

        fun decide(text: String) = decodeUnion(parseJson(text), alternatives)
        assertEquals("a", decide("""{"k":"a","n":1}"""))
        assertNull(decide("""{"k":"a","n":"1"}"""))
        assertNull(decide("""{"k":"a"}"""))
        assertNull(decide("""{"k":"new","free":1}"""))
        assertEquals("open", decide("""{"k":null,"free":1}"""))
        assertEquals("open", decide("""{"free":1}"""))
        assertNull(decide("{}"))
        assertEquals(listOf("words", "numbers", "words"), listOf("[\"a\"]", "[1]", "[]").map(::decide))
        assertEquals(listOf("scalar", "scalar", null, null), listOf("1", "\"a\"", "true", "null").map(::decide))
    }

    @Test
    fun `deltas add up to the whole message`() {
        val chunks =
            listOf(
                """{"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":"Pa"}}],"usage":null}""",
                """{"id":"c","choices":[{"index":1,"delta":{"content":"x"}},{"index":0,"delta":{"content":"ris"}}]}""",
                """{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t","type":"function","function":{"arguments":"{\"a"}}]}}]}""",
                """{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\":1}"}}]},"finish_reason":"stop"}]}""",
                """{"id":"c","choices":[],"usage":{"total":3}}""",
            )
        val sum = runBlocking { chunks.map(Chunk::fromJson).asFlow().accumulate() }
        val calls = """[{"index":0,"id":"t","type":"function","function":{"arguments":"{\"a\":1}"}}]"""
        val first = """{"index":0,"delta":{"role":"assistant","content":"Paris","tool_calls":$calls},"finish_reason":"stop"}"""
        val second = """{"index":1,"delta":{"content":"x"}}"""
        assertEquals(Chunk.fromJson("""{"id":"c","choices":[$first,$second],"usage":{"total":3}}"""), sum)
        assertNull(runBlocking { emptyFlow<Chunk>().accumulate() })
    }

    @Test
    fun `a member newer than the model is joined where texts come in pieces`() {
        fun delta(text: String) = Chunk.fromJson("""{"id":"c","choices":[{"index":0,"delta":$text}]}""")
        val chunks =
            listOf(
                delta("""{"thought":"a","item_id":"x","mood":"m","deep":{"more":"1","role":"r"}}"""),
                delta("""{"thought":"b","item_id":"y","mood":"n","deep":{"more":"2","role":"s"}}"""),
            )
        val sum = runBlocking { chunks.asFlow().accumulate() }
        assertEquals(delta("""{"thought":"ab","item_id":"y","mood":"n","deep":{"more":"12","role":"s"}}"""), sum)
    }

    @Test
    fun `a sum becomes the answer that the API gives when it does not stream`() {
        val rule =
            Whole(
                renamed = mapOf(listOf("choices", "[]", "delta") to "message"),
                dropped = setOf(listOf("choices", "[]", "message", "tool_calls", "[]", "index")),
                constants = mapOf(listOf("object") to JsonPrimitive("whole")),
            )
        val choice = """{"delta":{"content":"a","tool_calls":[{"index":0,"id":"t"}]}}"""
        val chunk = Chunk.fromJson("""{"object":"chunk","choices":[$choice]}""")
        val whole = runBlocking { flowOf(chunk).accumulateAs(Point, rule) }
        assertEquals(Point.fromJson("""{"object":"whole","choices":[{"message":{"content":"a","tool_calls":[{"id":"t"}]}}]}"""), whole)
    }

    @Test
    fun `without a rule the latest value stands`() {
        val points = listOf("""{"x":1,"label":"a","next":[1]}""", """{"x":2,"label":null,"next":[2]}""").map(Point::fromJson)
        val sum = runBlocking { points.asFlow().accumulate() }
        assertEquals(Point.fromJson("""{"x":2,"label":"a","next":[1,2]}"""), sum)
    }
}

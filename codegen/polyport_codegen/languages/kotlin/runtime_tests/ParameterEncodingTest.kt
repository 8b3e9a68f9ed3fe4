package polyport.runtime

import kotlinx.serialization.json.JsonElement
import org.junit.jupiter.api.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNull

/** The tables of OpenAPI 3.1, "Style Examples", and what they leave out. */
internal class ParameterEncodingTest {
    private val empty = "\"\""
    private val text = "\"blue\""
    private val list = """["blue","black","brown"]"""
    private val record = """{"R":100,"G":200,"B":null}"""

    private fun arguments(
        location: Location,
        json: String,
    ): Arguments = Arguments().also { it.set(location, "color", parseJson(json)) }

    private fun operation(
        location: Location,
        style: Style,
        explode: Boolean,
        path: String = "/{color}",
    ) = Operation("x", "GET", path, listOf(Parameter(location, "color", style, explode)))

    private fun path(
        style: Style,
        explode: Boolean,
        json: String,
    ) = expandPath(operation(Location.PATH, style, explode), arguments(Location.PATH, json)).removePrefix("/")

    private fun query(
        style: Style,
        explode: Boolean,
        json: String,
    ) = queryPairs(
        operation(Location.QUERY, style, explode),
        arguments(Location.QUERY, json),
    ).joinToString("&") { "${it.first}=${it.second}" }

    @Test
    fun `simple, label and matrix`() {
        assertEquals(listOf("blue", "blue,black,brown", "R,100,G,200"), listOf(text, list, record).map { path(Style.SIMPLE, false, it) })
        assertEquals(listOf("blue", "blue,black,brown", "R=100,G=200"), listOf(text, list, record).map { path(Style.SIMPLE, true, it) })
        assertEquals(listOf(".blue", ".blue,black,brown", ".R,100,G,200"), listOf(text, list, record).map { path(Style.LABEL, false, it) })
        assertEquals(listOf(".blue", ".blue.black.brown", ".R=100.G=200"), listOf(text, list, record).map { path(Style.LABEL, true, it) })
        assertEquals(
            listOf(";color=blue", ";color=blue,black,brown", ";color=R,100,G,200"),
            listOf(text, list, record).map { path(Style.MATRIX, false, it) },
        )
        assertEquals(
            listOf(";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200"),
            listOf(text, list, record).map { path(Style.MATRIX, true, it) },
        )
    }

    @Test
    fun `form, space, pipe and deep object`() {
        assertEquals(
            listOf("color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200"),
            listOf(empty, text, list, record).map { query(Style.FORM, true, it) },
        )
        assertEquals(
            listOf("color=blue", "color=blue,black,brown", "color=R,100,G,200"),
            listOf(text, list, record).map { query(Style.FORM, false, it) },
        )
        assertEquals("color=blue%20black%20brown", query(Style.SPACE_DELIMITED, false, list))
        assertEquals("color=blue%7Cblack%7Cbrown", query(Style.PIPE_DELIMITED, false, list))
        assertEquals("color%5BR%5D=100&color%5BG%5D=200", query(Style.DEEP_OBJECT, true, record))
        assertEquals(
            "color%5Ba%5D%5Bb%5D=1&color%5Bc%5D%5B%5D=2&color%5Bc%5D%5B%5D=3",
            query(Style.DEEP_OBJECT, true, """{"a":{"b":1},"c":[2,3]}"""),
        )
        assertEquals("color=%5B1%2C%22%C3%BC%22%5D", query(Style.JSON, false, """[1,"ü"]"""))
        assertEquals("", query(Style.FORM, true, "[]"))
    }

    @Test
    fun `headers and cookies`() {
        fun header(
            explode: Boolean,
            json: String,
        ) = headerPairs(operation(Location.HEADER, Style.SIMPLE, explode), arguments(Location.HEADER, json)).single().second
        assertEquals(listOf("blue", "blue,black,brown", "R,100,G,200"), listOf(text, list, record).map { header(false, it) })
        assertEquals("R=100,G=200", header(true, record))
        val cookie = operation(Location.COOKIE, Style.FORM, true)
        assertEquals("color=a%3B%20b", cookieHeader(cookie, arguments(Location.COOKIE, "\"a; b\"")))
        assertNull(cookieHeader(cookie, Arguments()))
    }

    @Test
    fun `a path cannot be left`() {
        assertEquals("a%2F..%2Fb%3F%23%25", path(Style.SIMPLE, false, "\"a/../b?#%\""))
        for (bad in listOf("\"\"", "\".\"", "\"..\"")) assertFailsWith<IllegalArgumentException>(bad) { path(Style.SIMPLE, false, bad) }
    }

    @Test
    fun `reserved characters stay when they may`() {
        val parameter = Parameter(Location.QUERY, "q", Style.FORM, explode = true, allowReserved = true)
        val value: JsonElement = parseJson("\"a/b c\"")
        assertEquals(listOf("q" to "a/b%20c"), formPairs(parameter, value))
    }
}

package polyport.runtime

import org.junit.jupiter.api.Test
import kotlin.test.assertEquals

internal class ServerSentEventsTest {
    private fun parse(
        bytes: ByteArray,
        pieces: List<Int> = listOf(bytes.size),
    ): List<String> {
        val parser = ServerSentEventParser()
        val events = ArrayList<ServerSentEvent>()
        var start = 0
        for (size in pieces) {
            events += parser.feed(bytes.copyOfRange(start, start + size))
            start += size
        }
        return events.map { "${it.event}|${it.data}|${it.id}|${it.retry}" }
    }

    private val stream =
        "\uFEFFdata: grün\r\ndata:  two\n\r\n: comment\revent: tick\rdata\r\rid: 7\nretry: 50\nretry: x\ndata: {\"a\":1}\n\nid: a\u0000b\ndata:z\n\ndata: cut"

    private val expected =
        listOf("null|grün\n two|null|null", "tick||null|null", "null|{\"a\":1}|7|50", "null|z|7|null")

    @Test
    fun `every form of line end and field is read`() {
        assertEquals(expected, parse(stream.toByteArray()))
    }

    @Test
    fun `any two cuts give the same events`() {
        val bytes = stream.toByteArray()
        for (first in 0..bytes.size) {
            for (second in 0..bytes.size - first) {
                assertEquals(expected, parse(bytes, listOf(first, second, bytes.size - first - second)), "cut at $first and $second")
            }
        }
    }

    @Test
    fun `only the counted bytes of a buffer are read`() {
        val parser = ServerSentEventParser()
        assertEquals(1, parser.feed("data: a\n\ndata: b\n\n".toByteArray(), count = 9).size)
    }

    @Test
    fun `a name without data is no event`() {
        assertEquals(emptyList(), parse("event: a\n\n".toByteArray()))
    }
}

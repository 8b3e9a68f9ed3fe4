package polyport.runtime

import java.io.ByteArrayOutputStream

/** One event of a `text/event-stream`. */
public class ServerSentEvent(
    /** The event's name, or null when it has none. */
    public val event: String?,
    /** The data, lines joined by a line feed. */
    public val data: String,
    /** The last event id that was seen, or null. */
    public val id: String? = null,
    /** The time to wait before connecting again that it says, in milliseconds, or null. */
    public val retry: Long? = null,
) {
    override fun toString(): String = "ServerSentEvent(event=$event, data=$data)"
}

/**
 * Reads server-sent events from bytes in any pieces (WHATWG HTML, section 9.2.6).
 *
 * Lines are decoded only when complete, so a character cut in two is no harm.
 */
internal class ServerSentEventParser {
    private val line = ByteArrayOutputStream(256)
    private val data = StringBuilder()
    private var hasData = false
    private var event: String? = null
    private var id: String? = null
    private var retry: Long? = null
    private var afterCarriageReturn = false
    private var firstLine = true

    /** Takes the next [count] bytes and gives the events that they complete. */
    fun feed(
        bytes: ByteArray,
        count: Int = bytes.size,
    ): List<ServerSentEvent> {
        val events = ArrayList<ServerSentEvent>()
        var start = 0
        for (index in 0 until count) {
            val byte = bytes[index]
            if (byte == LF && afterCarriageReturn) {
                afterCarriageReturn = false
                start = index + 1
            } else if (byte == LF || byte == CR) {
                line.write(bytes, start, index - start)
                start = index + 1
                afterCarriageReturn = byte == CR
                endOfLine()?.let(events::add)
            } else {
                afterCarriageReturn = false
            }
        }
        line.write(bytes, start, count - start)
        return events
    }

    /** The event that the end of the stream cuts off, or null. */
    fun unfinished(): ServerSentEvent? {
        if (line.size() > 0) endOfLine()
        return dispatch()
    }

    private fun endOfLine(): ServerSentEvent? {
        var text = line.toString("UTF-8")
        line.reset()
        if (firstLine) {
            firstLine = false
            text = text.removePrefix("\uFEFF")
        }
        if (text.isEmpty()) return dispatch()
        val colon = text.indexOf(':')
        if (colon == 0) return null
        val name = if (colon < 0) text else text.substring(0, colon)
        val value = if (colon < 0) "" else text.substring(colon + 1).removePrefix(" ")
        when (name) {
            "event" -> {
                event = value
            }

            "data" -> {
                if (hasData) data.append('\n')
                data.append(value)
                hasData = true
            }

            "id" -> {
                if ('\u0000' !in value) id = value
            }

            "retry" -> {
                if (value.isNotEmpty() && value.all { it in '0'..'9' }) retry = value.toLongOrNull()
            }
        }
        return null
    }

    private fun dispatch(): ServerSentEvent? {
        val complete = if (hasData) ServerSentEvent(event?.ifEmpty { null }, data.toString(), id, retry) else null
        data.setLength(0)
        hasData = false
        event = null
        retry = null
        return complete
    }

    private companion object {
        const val LF = '\n'.code.toByte()
        const val CR = '\r'.code.toByte()
    }
}

package ai.polyport.core

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.takeWhile
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import java.io.ByteArrayOutputStream

/**
 * The typed events of a stream. The call is made when the flow is collected, each time anew.
 *
 * An error event, data that is not JSON where it must be, or an end before its time is an exception, never a quiet end.
 */
public class EventFlow<T> internal constructor(
    private val messages: Flow<StreamMessage>,
    value: (StreamMessage) -> T,
) : Flow<T> by messages.map(value) {
    /**
     * The events as they come, untyped: name, data, id. It is a call of its own, so collect these or the flow itself; data
     * that is not JSON is no exception here.
     */
    public fun events(): Flow<ServerSentEvent> = messages.map { it.event }
}

/** An event, and its data as JSON: a text where it is text, null where it should be JSON and is not. */
internal class StreamMessage(
    val event: ServerSentEvent,
    val data: JsonElement?,
)

/** The events of [operation]'s stream. [open] makes the call. */
internal fun <T> eventFlow(
    operation: Operation,
    codec: Codec<T>,
    open: suspend () -> Outcome,
): EventFlow<T> {
    // Where data is JSON, a mark that nobody documented can be nothing else.
    val mark = operation.terminator ?: if (operation.event == EventForm.TEXT) null else "[DONE]"
    val messages =
        flow {
            open().use { outcome ->
                var marked = false
                outcome.body
                    .events()
                    .takeWhile { event ->
                        marked = mark != null && event.data == mark
                        !marked
                    }.collect { emit(messageOf(it, operation)) }
                if (!marked && operation.terminator != null) throw APIStreamException("stream ended before ${operation.terminator}")
                if (marked) outcome.body.finish()
            }
        }
    return EventFlow(messages) { message ->
        if (operation.event == EventForm.WHOLE) {
            codec.decodeNamed(whole(message), "event")
        } else {
            codec.decodeNamed(message.data ?: throw notJson("an event's data is not JSON", "event", message.event.data), "event")
        }
    }
}

private fun messageOf(
    event: ServerSentEvent,
    operation: Operation,
): StreamMessage {
    if (event.event == "error") throw streamFailure(parseJsonOrNull(event.data), event.data)
    if (operation.event == EventForm.TEXT ||
        event.event.orEmpty() in operation.texts
    ) {
        return StreamMessage(event, JsonPrimitive(event.data))
    }
    return jsonMessage(event)
}

private fun jsonMessage(event: ServerSentEvent): StreamMessage {
    val element = parseJsonOrNull(event.data)
    val error = (element as? JsonObject)?.get("error")
    if (error != null && error !is JsonNull) throw streamFailure(element, event.data)
    return StreamMessage(event, element)
}

/** All that an event has, as an object. */
private fun whole(message: StreamMessage): JsonObject {
    val event = message.event
    val members = LinkedHashMap<String, JsonElement>()
    event.event?.let { members["event"] = JsonPrimitive(it) }
    members["data"] = message.data ?: JsonPrimitive(event.data)
    event.id?.let { members["id"] = JsonPrimitive(it) }
    event.retry?.let { members["retry"] = JsonPrimitive(it) }
    return JsonObject(members)
}

private fun streamFailure(
    body: JsonElement?,
    data: String,
): APIStreamException = APIStreamException("error event: ${serverMessage(body) ?: data.take(200)}", body ?: JsonPrimitive(data))

private fun notJson(
    message: String,
    where: String,
    data: String,
): APIDecodingException =
    try {
        parseJson(data)
        APIDecodingException(message, where = where, rawBody = data.toByteArray())
    } catch (failure: SerializationException) {
        APIDecodingException(message, where = where, rawBody = data.toByteArray(), cause = failure)
    }

/** The typed values of a stream of JSON lines (JSONL); blank lines are skipped. As events they have no name. */
internal fun <T> lineFlow(
    codec: Codec<T>,
    open: suspend () -> Outcome,
): EventFlow<T> {
    val messages =
        flow {
            open().use { outcome ->
                val line = ByteArrayOutputStream()
                outcome.body.chunks().orCutShort().collect { chunk ->
                    var start = 0
                    for (index in chunk.indices) {
                        if (chunk[index] != '\n'.code.toByte()) continue
                        line.write(chunk, start, index - start)
                        start = index + 1
                        lineMessage(line)?.let { emit(it) }
                    }
                    line.write(chunk, start, chunk.size - start)
                }
                lineMessage(line)?.let { emit(it) }
            }
        }
    return EventFlow(messages) { message ->
        codec.decodeNamed(message.data ?: throw notJson("a line is not JSON", "line", message.event.data), "line")
    }
}

private fun lineMessage(line: ByteArrayOutputStream): StreamMessage? {
    val text = line.toString("UTF-8").trim()
    line.reset()
    return if (text.isEmpty()) null else jsonMessage(ServerSentEvent(null, text))
}

/** The events in a body's pieces, and one with [terminator] that its end cuts off; a body that breaks off is an [APIStreamException]. */
internal fun parseEvents(
    chunks: Flow<ByteArray>,
    terminator: String? = null,
): Flow<ServerSentEvent> =
    flow {
        val parser = ServerSentEventParser()
        chunks.orCutShort().collect { chunk -> parser.feed(chunk).forEach { emit(it) } }
        // Some servers forget the empty line after the last event.
        parser.unfinished()?.takeIf { it.data == terminator }?.let { emit(it) }
    }

/** A connection that breaks in the middle of a stream, as the stream's own exception; a timeout stays one. */
private fun Flow<ByteArray>.orCutShort(): Flow<ByteArray> =
    catch { failure ->
        if (failure !is APIConnectionException || failure is APITimeoutException) throw failure
        throw APIStreamException("the stream was cut short: ${failure.message}", cause = failure)
    }

package ai.polyport.core

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.takeWhile
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import java.io.ByteArrayOutputStream

/**
 * The typed events of a stream. [open] makes the call; it is made anew for every collector.
 *
 * An error event, data that is not JSON, or an end before [terminator] is an exception, never a quiet end.
 */
internal fun <T> eventFlow(
    terminator: String?,
    codec: Codec<T>,
    open: suspend () -> Outcome,
): Flow<T> =
    flow {
        val outcome = open()
        outcome.use {
            var ended = terminator == null
            outcome.body
                .events()
                .takeWhile { event ->
                    if (event.data == terminator) ended = true
                    event.data != terminator
                }.collect { emit(decodeEvent(it, codec)) }
            if (!ended) throw APIStreamException("stream ended before $terminator")
            if (terminator != null) outcome.body.finish()
        }
    }

private fun <T> decodeEvent(
    event: ServerSentEvent,
    codec: Codec<T>,
): T {
    val element = parseJsonOrNull(event.data)
    if (event.event == "error") throw streamFailure(element, event.data)
    if (element == null) {
        throw APIDecodingException("an event's data is not JSON", where = "event", rawBody = event.data.toByteArray())
    }
    val error = (element as? JsonObject)?.get("error")
    if (error != null && error !is JsonNull) throw streamFailure(element, event.data)
    return codec.decodeNamed(element, "event")
}

private fun streamFailure(
    body: JsonElement?,
    data: String,
): APIStreamException = APIStreamException("error event: ${serverMessage(body) ?: data.take(200)}", body ?: JsonPrimitive(data))

/** The typed values of a stream of JSON lines (JSONL); blank lines are skipped. */
internal fun <T> lineFlow(
    codec: Codec<T>,
    open: suspend () -> Outcome,
): Flow<T> =
    flow {
        open().use { outcome ->
            val line = ByteArrayOutputStream()
            outcome.body.chunks().orCutShort().collect { chunk ->
                var start = 0
                for (index in chunk.indices) {
                    if (chunk[index] != '\n'.code.toByte()) continue
                    line.write(chunk, start, index - start)
                    start = index + 1
                    decodeLine(line, codec)?.let { emit(it.value) }
                }
                line.write(chunk, start, chunk.size - start)
            }
            decodeLine(line, codec)?.let { emit(it.value) }
        }
    }

private class Line<T>(
    val value: T,
)

private fun <T> decodeLine(
    line: ByteArrayOutputStream,
    codec: Codec<T>,
): Line<T>? {
    val text = line.toString("UTF-8").trim()
    line.reset()
    if (text.isEmpty()) return null
    try {
        return Line(codec.decodeNamed(parseJson(text), "line"))
    } catch (failure: SerializationException) {
        throw APIDecodingException("a line is not JSON", where = "line", rawBody = text.toByteArray(), cause = failure)
    }
}

/** The events in a body's pieces; a body that breaks off is an [APIStreamException]. */
internal fun parseEvents(chunks: Flow<ByteArray>): Flow<ServerSentEvent> =
    flow {
        val parser = ServerSentEventParser()
        chunks.orCutShort().collect { chunk -> parser.feed(chunk).forEach { emit(it) } }
    }

/** A connection that breaks in the middle of a stream, as the stream's own exception; a timeout stays one. */
private fun Flow<ByteArray>.orCutShort(): Flow<ByteArray> =
    catch { failure ->
        if (failure !is APIConnectionException || failure is APITimeoutException) throw failure
        throw APIStreamException("the stream was cut short: ${failure.message}", cause = failure)
    }

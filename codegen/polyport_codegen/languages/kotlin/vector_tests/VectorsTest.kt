package polyport.runtime

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.supervisorScope
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue
import kotlin.test.fail
import kotlin.time.Duration.Companion.milliseconds

/** Plays every vector against this SDK; what they are is told in `tests/vectors/README.md`. */
internal class VectorsTest {
    @TestFactory
    fun vectors(): List<DynamicTest> =
        server.vectors().map { vector ->
            val name = vector.getValue("name").jsonPrimitive.content
            DynamicTest.dynamicTest(name) { play(name, vector) }
        }

    private fun play(
        name: String,
        vector: JsonObject,
    ) {
        val run = "kotlin"
        val cancel = vector["cancel"] as? JsonObject
        val observation = VectorObservation(cancel?.get("after_events")?.jsonPrimitive?.int)
        runBlocking {
            observe("${server.url}/$name/$run", vector, cancel?.get("after_ms")?.jsonPrimitive?.long, observation)
        }
        val expected = vector.getValue("observe").jsonObject
        compare(
            expected,
            observation,
            vector.getValue("mode").jsonPrimitive.content,
            vector.getValue("operation").jsonPrimitive.content,
        )
        val report = server.report(name, run)
        assertEquals(emptyList(), report.getValue("problems").jsonArray.map { it.jsonPrimitive.content }, "what the server saw")
        for (member in listOf("requests", "client_closed")) {
            expected[member]?.let { assertEquals(it, report[member], member) }
        }
    }

    private suspend fun observe(
        url: String,
        vector: JsonObject,
        cancelAfter: Long?,
        observation: VectorObservation,
    ) {
        val settings = (vector["client"] as? JsonObject).orEmpty()
        val client =
            Dispatcher.client {
                baseUrl = url + settings["base_query"].stringOrNull()?.let { "?$it" }.orEmpty()
                apiKey = settings["api_key"].stringOrNull()
                for ((id, value) in (settings["credentials"] as? JsonObject).orEmpty()) credential(id, value.jsonPrimitive.content)
                settings["max_retries"]?.let { maxRetries = it.jsonPrimitive.int }
                settings["timeout_ms"]?.let { timeout = it.jsonPrimitive.long.milliseconds }
                settings["idle_timeout_ms"]?.let { idleTimeout = it.jsonPrimitive.long.milliseconds }
                initialRetryDelay = 5.milliseconds
                maxRetryDelay = 40.milliseconds
                logLevel = LogLevel.OFF
            }
        client.use {
            try {
                supervisorScope {
                    val call =
                        async {
                            Dispatcher.dispatch(
                                client,
                                vector.getValue("operation").jsonPrimitive.content,
                                vector.getValue("mode").jsonPrimitive.content,
                                VectorInput((vector["arguments"] as? JsonObject) ?: JsonObject(emptyMap())),
                                observation,
                            )
                        }
                    if (cancelAfter != null) {
                        delay(cancelAfter)
                        call.cancel()
                    }
                    call.await()
                }
            } catch (failure: CancellationException) {
                // Leaving a stream is no error, in whatever way it is left.
                if (vector.getValue("mode").jsonPrimitive.content != "stream") observation.error = failure
            } catch (failure: APIException) {
                observation.error = failure
            } catch (failure: IllegalArgumentException) {
                observation.error = failure
            }
        }
    }

    private fun compare(
        expected: JsonObject,
        seen: VectorObservation,
        mode: String,
        operation: String,
    ) {
        expected["error"]?.let { compareError(it.jsonObject, seen.error ?: fail("no error, but ${seen.result}"), operation) }
            ?: seen.error?.let { throw AssertionError("an unexpected error: $it", it) }
        expected["result"]?.let { assertTrue(sameJson(it, seen.result), "the result is ${seen.result}, not $it") }
        for (list in listOf("events", "items")) {
            expected[list]?.let { assertTrue(sameJson(it, JsonArray(seen.elements)), "$list are ${seen.elements}, not $it") }
        }
        expected["status"]?.let { assertEquals(it.jsonPrimitive.int, seen.status) }
        (expected["headers"] as? JsonObject)?.forEach { (name, value) -> assertEquals(value.stringOrNull(), seen.headers[name], name) }
        for (read in expected["reads"]?.jsonArray.orEmpty()) compareRead(read.jsonObject, seen)
        assertNotNull(seen.error ?: seen.result ?: seen.elements, "$mode gave nothing")
    }

    private fun compareRead(
        read: JsonObject,
        seen: VectorObservation,
    ) {
        val index = (read["event"] ?: read["item"])?.jsonPrimitive?.int
        compareRead(read, if (index == null) seen.value else seen.values[index])
    }

    private fun compareRead(
        read: JsonObject,
        root: Any?,
    ) {
        val path = read.getValue("path").jsonArray
        var value = root
        read["error"]?.let {
            val failure = runCatching { path.fold(value, ::step) }.exceptionOrNull() ?: fail("$path could be read")
            assertEquals(it.stringOrNull() ?: it.jsonObject["kind"].stringOrNull(), kindOf(failure), "$path")
            return
        }
        for (part in path) value = step(value, part)
        read["value"]?.let { assertTrue(sameJson(it, jsonOfRead(Dispatcher.unwrapped(value))), "$path is $value, not $it") }
        read["variant"]?.let { assertEquals(it.stringOrNull(), value?.let(Dispatcher::variant), "$path") }
    }

    private fun step(
        from: Any?,
        part: JsonElement,
    ): Any? {
        val name = part.jsonPrimitive.content
        return when (val value = Dispatcher.unwrapped(from)) {
            null, is JsonNull -> null
            is Model -> Dispatcher.read(value, name)
            is JsonObject -> value[name]
            is List<*> -> value.getOrNull(name.toInt())
            is Map<*, *> -> value[name]
            is JsonValue -> (value.toJson() as? JsonObject)?.get(name)
            else -> fail("$name cannot be read from ${value.javaClass}")
        }
    }

    private fun compareError(
        expected: JsonObject,
        error: Throwable,
        operation: String,
    ) {
        assertEquals(expected["kind"].stringOrNull(), kindOf(error), error.toString())
        val message = error.message.orEmpty()
        texts(expected["message_contains"]).forEach { assertTrue(it in message, "'$it' is not in '$message'") }
        texts(expected["message_lacks"]).forEach { assertTrue(it !in message, "'$it' is in '$message'") }
        val status = error as? APIStatusException
        expected["status"]?.let { assertEquals(it.jsonPrimitive.int, status?.status) }
        expected["request_id"]?.let { assertEquals(it.stringOrNull(), status?.requestId) }
        expected["retry_after_ms"]?.let { assertEquals(it.jsonPrimitive.long, status?.retryAfter?.inWholeMilliseconds) }
        for (read in expected["data"]?.jsonArray.orEmpty()) {
            compareRead(read.jsonObject, status?.let { Dispatcher.errorData(operation, it) })
        }
        expected["body"]?.let { assertTrue(sameJson(it, bodyOf(error)), "the body is ${bodyOf(error)}, not $it") }
    }

    private fun texts(element: JsonElement?): List<String> =
        when (element) {
            null -> emptyList()
            is JsonArray -> element.map { it.jsonPrimitive.content }
            else -> listOf(element.jsonPrimitive.content)
        }

    private fun bodyOf(error: Throwable): JsonElement? =
        when (error) {
            is APIStatusException -> error.body ?: JsonPrimitive(error.rawBody.toString(Charsets.UTF_8))
            is APIStreamException -> error.body
            is APIDecodingException -> error.rawBody.toString(Charsets.UTF_8).let { parseJsonOrNull(it) ?: JsonPrimitive(it) }
            else -> null
        }

    private companion object {
        val server: VectorServer by lazy { VectorServer() }

        @JvmStatic
        @AfterAll
        fun stop() {
            server.close()
        }
    }
}

package polyport.runtime

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.IOException
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Executor
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import java.util.logging.Handler
import java.util.logging.LogRecord
import java.util.logging.Logger
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** What stands above the transport, with a transport that answers at once. */
internal class ClientTest {
    private class Fixed(
        private val answer: suspend (Call) -> Outcome,
    ) : Transport {
        val calls = ArrayList<Call>()
        var closed = 0

        override suspend fun execute(call: Call): Outcome {
            synchronized(calls) { calls += call }
            return answer(call)
        }

        override fun close() {
            closed++
        }
    }

    private class Body(
        private val bytes: ByteArray,
        private val pieces: Flow<ByteArray> = flowOf(bytes),
    ) : OutcomeBody {
        @Volatile
        var closed = false

        override suspend fun bytes(): ByteArray = bytes

        override fun chunks(): Flow<ByteArray> = pieces

        override fun events(): Flow<ServerSentEvent> = parseEvents(pieces)

        override fun close() {
            closed = true
        }
    }

    private fun ok(text: String) = Outcome(200, Headers.EMPTY, null, Body(text.toByteArray()))

    private val info =
        ClientInfo(
            "test-kotlin",
            "1.0",
            "TEST",
            "http://127.0.0.1:9",
            mapOf(
                "bearer" to SecurityScheme(SecurityKind.BEARER),
                "own" to SecurityScheme(SecurityKind.HEADER, "X-Own-Key"),
                "query" to SecurityScheme(SecurityKind.QUERY, "key"),
                "cookie" to SecurityScheme(SecurityKind.COOKIE, "session"),
                "basic" to SecurityScheme(SecurityKind.BASIC),
                "second" to SecurityScheme(SecurityKind.HEADER, "X-Second", "SECOND"),
            ),
            setOf("authorization", "cookie"),
        )

    private fun client(
        transport: Transport,
        environment: Map<String, String> = emptyMap(),
        block: ClientOptions.() -> Unit = {},
    ): ApiClient {
        val options = ClientOptions(info, environment::get)
        options.transport = transport
        options.initialRetryDelay = 1.milliseconds
        return ApiClient(ClientConfig(options.apply(block), info))
    }

    private fun operation(
        method: String = "POST",
        vararg security: String,
    ) = Operation("op", method, "/x", security = security.map(::listOf))

    private suspend fun ApiClient.json(operation: Operation = operation()): JsonElement = call(operation, Arguments(), null, JsonCodec)

    @Test
    fun `settings come from arguments before the environment before defaults`() {
        val fixed = Fixed { ok("1") }
        val environment = mapOf("TEST_BASE_URL" to "http://e", "TEST_API_KEY" to "ek", "TEST_LOG" to "debug")
        val config = client(fixed, environment).config
        assertEquals(listOf("http://e", "ek", LogLevel.DEBUG), listOf(config.baseUrl, config.apiKey, config.logLevel))
        assertEquals("http://a", client(fixed, environment) { baseUrl = "http://a" }.config.baseUrl)
        val plain = client(fixed).config
        assertEquals(listOf("http://127.0.0.1:9", null, LogLevel.OFF), listOf(plain.baseUrl, plain.apiKey, plain.logLevel))
        val derived = client(fixed) { apiKey = "k" }.with { timeout = 3.seconds }.config
        assertEquals(listOf("k", 3.seconds, fixed), listOf(derived.apiKey, derived.timeout, derived.transport))
    }

    @Test
    fun `keys travel as the scheme says`() =
        runBlocking {
            val fixed = Fixed { ok("1") }
            val client = client(fixed) { apiKey = "u:p" }
            for (scheme in listOf("bearer", "own", "query", "cookie", "basic")) client.json(operation("GET", scheme))
            client.json(operation("GET"))
            assertEquals(listOf("Bearer u:p", null, null, null, "Basic dTpw", null), fixed.calls.map { it.headers["authorization"] })
            assertEquals("u:p", fixed.calls[1].headers["x-own-key"])
            assertEquals(listOf("key" to "u:p"), fixed.calls[2].query)
            assertEquals("session=u:p", fixed.calls[3].headers["Cookie"])
        }

    @Test
    fun `credentials come from arguments and the environment, and a key given later is used instead`() =
        runBlocking {
            val fixed = Fixed { ok("1") }
            val environment = mapOf("TEST_API_KEY" to "env", "TEST_SECOND" to "env2")
            val both = Operation("op", "GET", "/x", security = listOf(listOf("own", "second")))

            fun sent() =
                fixed.calls
                    .last()
                    .headers
                    .let { it["X-Own-Key"] to it["X-Second"] }
            val client = client(fixed, environment)
            client.json(both)
            assertEquals("env" to "env2", sent())
            client(fixed, environment) { credential("own", "given") }.json(both)
            assertEquals("given" to "env2", sent())
            client.with { credential("second", "later") }.json(both)
            assertEquals("env" to "later", sent())
            val failure = assertFailsWith<MissingCredentialException> { client.with { apiKey = "other" }.json(both) }
            assertEquals(true, failure.message?.contains("'second' (TEST_SECOND)"), failure.message)
            assertFailsWith<IllegalArgumentException> { client(fixed) { credential("unknown", "x") } }
            client(fixed) { defaultHeaders = mapOf("X-Own-Key" to "mine", "X-Second" to null) }.json(both)
            assertEquals("mine" to null, sent())
        }

    @Test
    fun `a failure's body is read as the model that it is`() {
        val fixed = Fixed { Outcome(404, Headers.EMPTY, null, Body("""{"x":1,"label":"gone"}""".toByteArray())) }
        val failure = assertFailsWith<NotFoundException> { runBlocking { client(fixed).json(operation("GET")) } }
        assertEquals("gone", failure.bodyAs<Point>()?.label)
        assertEquals(null, failure.bodyAs<String>())
    }

    @Test
    fun `a content type decides between the forms of an answer`() {
        val all = AnswerForm.entries.toSet()
        assertEquals(AnswerForm.JSON, formOf("application/problem+json; charset=utf-8", all))
        assertEquals(AnswerForm.TEXT, formOf("text/csv", all))
        assertEquals(AnswerForm.BINARY, formOf(null, all))
        assertEquals(AnswerForm.BINARY, formOf("text/plain", setOf(AnswerForm.JSON, AnswerForm.BINARY)))
        assertEquals(AnswerForm.TEXT, formOf("image/png", setOf(AnswerForm.JSON, AnswerForm.TEXT)))
    }

    @Test
    fun `a client without a base URL is refused by name`() {
        val nowhere = ClientInfo("test-kotlin", "1.0", "TEST", "")
        val failure = assertFailsWith<IllegalArgumentException> { ClientConfig(ClientOptions(nowhere) { null }, nowhere) }
        assertTrue("baseUrl" in failure.message.orEmpty() && "TEST_BASE_URL" in failure.message.orEmpty(), failure.message)
    }

    @Test
    fun `a token provider is asked for every try`() =
        runBlocking {
            var tokens = 0
            val fixed = Fixed { if (it.attempt < 2) throw IOException("down") else ok("1") }
            client(fixed) { tokenProvider = TokenProvider { "t${++tokens}" } }.json(operation("POST", "bearer"))
            assertEquals(listOf("Bearer t1", "Bearer t2", "Bearer t3"), fixed.calls.map { it.headers["Authorization"] })
            assertEquals(
                1,
                fixed.calls
                    .map { it.headers["Idempotency-Key"] }
                    .toSet()
                    .size,
            )
        }

    @Test
    fun `failures of the connection are wrapped after the last try`() {
        val fixed = Fixed { throw IOException("down") }
        val failure = assertFailsWith<APIConnectionException> { runBlocking { client(fixed).json() } }
        assertEquals("POST /x: down", failure.message)
        assertEquals(3, fixed.calls.size)
    }

    @Test
    fun `a caller's virtual clock does not shorten deadlines`() =
        runTest {
            val fixed = Fixed { ok("1") }
            assertEquals(JsonPrimitive(1), client(fixed) { timeout = 60.seconds }.json())
        }

    @Test
    fun `a transport that never answers is left at the deadline`() {
        val never = Fixed { CompletableDeferred<Outcome>().await() }
        val failure =
            assertFailsWith<APITimeoutException> {
                runBlocking {
                    client(never) {
                        timeout = 20.milliseconds
                        maxRetries = 0
                    }.json()
                }
            }
        assertEquals("POST /x: no answer within 20ms", failure.message)
    }

    @Test
    fun `an answer that its caller no longer waits for is closed`() {
        val calls =
            listOf<suspend (ApiClient) -> Unit>(
                { it.binary(operation("GET"), Arguments(), null) },
                { it.events(operation("GET"), Arguments(), null, JsonCodec).toList() },
            )
        for (call in calls) {
            val body = Body("data: 1\n\n".toByteArray())
            val waiting = CompletableDeferred<Unit>()
            val client =
                client(
                    Fixed {
                        waiting.await()
                        Outcome(200, Headers.EMPTY, null, body)
                    },
                )
            // The caller's only way back, which is closed until the answer is there and the caller has been cancelled.
            val back = LinkedBlockingQueue<Runnable>()
            val job = CoroutineScope(Executor(back::add).asCoroutineDispatcher()).launch { call(client) }
            back.take().run()
            waiting.complete(Unit)
            val answered = checkNotNull(back.poll(20, TimeUnit.SECONDS))
            assertFalse(body.closed)
            job.cancel()
            answered.run()
            while (!job.isCompleted) checkNotNull(back.poll(20, TimeUnit.SECONDS)).run()
            assertTrue(body.closed)
        }
    }

    @Test
    fun `a download that is left early is closed`() {
        val body = Body(ByteArray(0), flowOf(byteArrayOf(1), byteArrayOf(2)))
        val download = BinaryResponse(Outcome(200, Headers.EMPTY, null, body))
        assertEquals(1, runBlocking { download.chunks().first() }.single())
        assertTrue(body.closed)
    }

    @Test
    fun `streams end with their terminator or fail`() {
        fun events(text: String) =
            runBlocking {
                val pieces = text.toByteArray().map { byteArrayOf(it) }.asFlow()
                eventFlow(Operation("s", "GET", "/s", terminator = "[DONE]"), JsonCodec) {
                    Outcome(200, Headers.EMPTY, null, Body(ByteArray(0), pieces))
                }.toList()
            }
        assertEquals(listOf(JsonPrimitive(1)), events("data: 1\n\ndata: [DONE]\n\ndata: 2\n\n"))
        assertEquals("stream ended before [DONE]", assertFailsWith<APIStreamException> { events("data: 1\n\n") }.message)
        assertEquals(
            "error event: no",
            assertFailsWith<APIStreamException> { events("event: error\ndata: {\"message\":\"no\"}\n\n") }.message,
        )
        assertEquals("error event: bad", assertFailsWith<APIStreamException> { events("data: {\"error\":\"bad\"}\n\n") }.message)
        assertFailsWith<APIDecodingException> { events("data: {\n\n") }
    }

    @Test
    fun `a collector's own failure passes through a stream unchanged`() {
        val stream =
            eventFlow(Operation("s", "GET", "/s"), JsonCodec) { Outcome(200, Headers.EMPTY, null, Body("data: 1\n\n".toByteArray())) }
        val own = APIConnectionException("mine")
        assertEquals(own, assertFailsWith<APIConnectionException> { runBlocking { stream.collect { throw own } } })
    }

    @Test
    fun `raw responses belong to their own coroutine`() =
        runBlocking {
            val fixed = Fixed { Outcome(200, Headers.of("n" to it.headers["n"].orEmpty()), null, Body("1".toByteArray())) }
            val client = client(fixed)
            val found =
                List(50) { n ->
                    async {
                        val options = CallOptions { extraHeaders = mapOf("n" to "$n") }
                        capturingResponse { client.call(operation(), Arguments(), options, JsonCodec) }.headers["n"]
                    }
                }.awaitAll()
            assertEquals(List(50) { "$it" }, found)
        }

    @Test
    fun `logs hide secrets`() {
        val records = ArrayList<String>()
        val handler =
            object : Handler() {
                override fun publish(record: LogRecord) {
                    records += record.message
                }

                override fun flush() = Unit

                override fun close() = Unit
            }
        val logger = Logger.getLogger("test-kotlin")
        logger.useParentHandlers = false
        logger.addHandler(handler)
        try {
            val client =
                client(Fixed { ok("1") }) {
                    apiKey = "hidden-key"
                    logLevel = LogLevel.DEBUG
                    defaultHeaders = mapOf("X-Plain" to "shown", "Cookie" to "hidden-cookie")
                }
            runBlocking { client.json(operation("POST", "own")) }
        } finally {
            logger.removeHandler(handler)
            logger.useParentHandlers = true
        }
        val log = records.joinToString("\n")
        assertTrue("shown" in log && "200" in log, log)
        assertFalse("hidden" in log, log)
    }

    @Test
    fun `a download appears when it is complete`(
        @TempDir folder: Path,
    ) = runBlocking {
        val target = folder.resolve("a.bin")
        val whole = BinaryResponse(Outcome(200, Headers.EMPTY, null, Body(byteArrayOf(1, 2, 3))))
        assertEquals(3, whole.writeTo(target))
        assertEquals(listOf<Byte>(1, 2, 3), Files.readAllBytes(target).toList())
        val broken = Body(ByteArray(0), flow { throw APIConnectionException("cut") })
        assertFailsWith<APIConnectionException> {
            BinaryResponse(
                Outcome(200, Headers.EMPTY, null, broken),
            ).writeTo(folder.resolve("b.bin"))
        }
        assertEquals(listOf("a.bin"), folder.toFile().list()?.toList())
        if ("posix" in FileSystems.getDefault().supportedFileAttributeViews()) {
            val own = Files.createFile(folder.resolve("own"))
            assertEquals(Files.getPosixFilePermissions(own), Files.getPosixFilePermissions(target))
        }
    }

    @Test
    fun `one-shot uploads are never sent twice`() {
        val fixed = Fixed { throw IOException("down") }
        val arguments = Arguments().also { it.upload = Upload.of("abc".byteInputStream()) }
        assertFailsWith<APIConnectionException> { runBlocking { client(fixed).send(operation(), arguments, null) } }
        assertEquals(1, fixed.calls.size)
    }

    @Test
    fun `undocumented endpoints read what is asked for`() =
        runBlocking {
            val fixed = Fixed { ok("\"text\"") }
            val endpoints = Endpoints(client(fixed))
            assertEquals("text", endpoints.request("get", "/a", String::class.java))
            assertEquals("\"text\"", endpoints.request("GET", "/a", ByteArray::class.java).toString(Charsets.UTF_8))
            assertEquals(Unit, endpoints.request("DELETE", "/a", Unit::class.java))
            assertIs<JsonPrimitive>(endpoints.request("GET", "/a", JsonElement::class.java))
            assertFailsWith<IllegalArgumentException> { endpoints.request("GET", "/a", Thread::class.java) }
            assertEquals(Point.fromJson("{}"), Endpoints(client(Fixed { ok("{}") })).request("GET", "/p", Point::class.java))
        }
}

package polyport.runtime

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import java.net.InetSocketAddress
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** What the vectors do not reach: connections that are used again, and many streams at once. */
internal class OkHttpTransportTest {
    private val ports = ConcurrentLinkedQueue<Int>()
    private val threads = Executors.newCachedThreadPool()
    private val server =
        HttpServer.create(InetSocketAddress("127.0.0.1", 0), 1000).apply {
            executor = threads
            createContext("/", ::answer)
            start()
        }
    private val streams = 150
    private val allStarted = CountDownLatch(streams)
    private val info = ClientInfo("test", "1", "TEST", "http://127.0.0.1:${server.address.port}")
    private val client = ApiClient(ClientConfig(ClientOptions(info) { null }, info))
    private val operation = Operation("op", "GET", "/stream", accept = "text/event-stream", terminator = "[DONE]")

    @AfterEach
    fun stop() {
        client.close()
        server.stop(0)
        threads.shutdownNow()
    }

    private fun answer(exchange: HttpExchange) {
        ports += exchange.remoteAddress.port
        exchange.sendResponseHeaders(200, 0)
        exchange.responseBody.use { body ->
            body.write("data: 1\n\n".toByteArray())
            body.flush()
            if (exchange.requestURI.path == "/together") {
                allStarted.countDown()
                allStarted.await(20, TimeUnit.SECONDS)
            }
            body.write("data: [DONE]\n\n".toByteArray())
        }
    }

    private suspend fun collect(operation: Operation) = client.events(operation, Arguments(), null, JsonCodec).toList()

    @Test
    fun `a stream that ended leaves its connection to the next call`() =
        runBlocking {
            repeat(5) { assertEquals(listOf(JsonPrimitive(1)), collect(operation)) }
            assertEquals(1, ports.toSet().size)
        }

    @Test
    fun `a stream that was left does not`() =
        runBlocking {
            repeat(3) { assertEquals(JsonPrimitive(1), client.events(operation, Arguments(), null, JsonCodec).first()) }
            assertEquals(3, ports.toSet().size)
        }

    @Test
    fun `a call whose answer does not matter leaves its connection to the next`() =
        runBlocking {
            repeat(5) { client.send(Operation("op", "DELETE", "/stream"), Arguments(), null) }
            assertEquals(1, ports.toSet().size)
        }

    @Test
    fun `streams do not wait for each other`() {
        val together = Operation("op", "GET", "/together", accept = "text/event-stream", terminator = "[DONE]")
        val results = runBlocking { List(streams) { async { collect(together) } }.awaitAll() }
        assertEquals(streams, results.size)
        assertEquals(0, allStarted.count)
        assertTrue(results.all { it == listOf(JsonPrimitive(1)) })
    }
}

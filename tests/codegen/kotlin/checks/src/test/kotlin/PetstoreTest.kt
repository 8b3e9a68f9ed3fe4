import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import petstore.Petstore
import petstore.core.NotFoundException
import petstore.models.FindPetsByStatusStatusItem
import petstore.models.Pet
import java.net.InetSocketAddress
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

/** An SDK from an OpenAPI 3.0 document against a real HTTP server. */
class PetstoreTest {
    private val requests = ConcurrentLinkedQueue<String>()
    private val server =
        HttpServer.create(InetSocketAddress("127.0.0.1", 0), 0).apply {
            createContext("/", ::answer)
            start()
        }
    private val client =
        Petstore {
            baseUrl = "http://127.0.0.1:${server.address.port}"
            apiKey = "k"
            maxRetries = 0
        }

    @AfterEach
    fun stop() {
        client.close()
        server.stop(0)
    }

    private fun answer(exchange: HttpExchange) {
        val body = exchange.requestBody.readBytes().toString(Charsets.UTF_8)
        requests += "${exchange.requestMethod} ${exchange.requestURI} ${exchange.requestHeaders.getFirst("Authorization")} $body"
        val (status, text) =
            when {
                exchange.requestURI.path == "/pet/404" -> 404 to """{"message":"no such pet"}"""
                exchange.requestURI.path == "/pet/findByStatus" -> 200 to """[{"id":1,"name":"Rex","photoUrls":[],"status":"sold"}]"""
                exchange.requestURI.path == "/store/inventory" -> 200 to """{"sold":3}"""
                exchange.requestMethod == "POST" -> 200 to body
                else -> 200 to """{"id":7,"name":"Tom","photoUrls":["u"]}"""
            }
        exchange.responseHeaders.add("Content-Type", "application/json")
        exchange.sendResponseHeaders(status, text.toByteArray().size.toLong())
        exchange.responseBody.use { it.write(text.toByteArray()) }
    }

    @Test
    fun `a pet is sent and comes back`() =
        runBlocking {
            val pet = client.pet.create(name = "Rex", photoUrls = listOf("u")) { status = Pet.Status.AVAILABLE }
            assertEquals("Rex", pet.name)
            assertEquals(Pet.Status("available"), pet.status)
            assertEquals("""POST /pet Bearer k {"name":"Rex","photoUrls":["u"],"status":"available"}""", requests.single())
        }

    @Test
    fun `path and query are filled in`() =
        runBlocking {
            assertEquals("Tom", client.pet.retrieve(petId = 7).name)
            assertEquals(
                listOf(
                    "Rex",
                ),
                client.pet.findByStatus.list(status = listOf(FindPetsByStatusStatusItem.SOLD, FindPetsByStatusStatusItem("new"))).map {
                    it.name
                },
            )
            assertEquals(mapOf("sold" to 3), client.store.inventory.retrieve())
            assertTrue(requests.first().startsWith("GET /pet/7 "))
            assertTrue(requests.any { it.startsWith("GET /pet/findByStatus?status=sold") })
        }

    @Test
    fun `a missing pet is a typed failure`() =
        runBlocking {
            val failure = assertFailsWith<NotFoundException> { client.pet.retrieve(404) }
            assertEquals("GET /pet/404: 404 no such pet", failure.message)
        }
}

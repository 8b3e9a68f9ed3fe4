package polyport.runtime

import kotlinx.coroutines.runBlocking
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

/** Servers by name and their variables, which vectors (a base URL for every run) do not show. */
class ServersTest {
    private val region = ServerVariable("SERVER_REGION", "eu", listOf("eu", "us"))
    private val servers =
        Servers(
            listOf(
                ServerInfo("production", "https://{region}.acme.test/v1", mapOf("region" to region)),
                ServerInfo("sandbox", "https://sandbox.acme.test"),
                ServerInfo("own", "https://{tenant}.own.test", mapOf("tenant" to ServerVariable("SERVER_TENANT"))),
            ),
            mapOf(
                "https://eu.up.test" to
                    listOf(
                        ServerInfo("production", "https://{region}.up.test", mapOf("region" to ServerVariable("SERVER_REGION", "eu"))),
                        ServerInfo("sandbox", "https://sandbox.up.test"),
                    ),
                "/edge" to listOf(ServerInfo("server-1", "/{edge}", mapOf("edge" to ServerVariable("SERVER_EDGE", "edge")))),
            ),
        )
    private val info = ClientInfo("test-kotlin", "1.0", "TEST", "https://eu.acme.test/v1", servers = servers)

    private class Recording : Transport {
        val pages = mutableListOf<String>()

        override suspend fun execute(call: Call): Outcome {
            pages += call.page
            throw IllegalStateException("seen")
        }

        override fun close() {}
    }

    private fun client(
        environment: Map<String, String> = emptyMap(),
        info: ClientInfo = this.info,
        block: ClientOptions.() -> Unit = {},
    ): ApiClient {
        val options = ClientOptions(info, environment::get)
        options.transport = Recording()
        return ApiClient(ClientConfig(options.apply(block), info))
    }

    private fun ApiClient.page(server: String? = null): String {
        val transport = config.transport as Recording
        assertFailsWith<IllegalStateException> {
            runBlocking { call(Operation("op", "GET", "/x", server = server), Arguments(), null, JsonCodec) }
        }
        return transport.pages.last()
    }

    private fun refusal(
        environment: Map<String, String> = emptyMap(),
        info: ClientInfo = this.info,
        block: ClientOptions.() -> Unit,
    ): String = assertFailsWith<IllegalArgumentException> { client(environment, info, block) }.message.orEmpty()

    @Test
    fun `a server is chosen by its name and its variables are filled in`() {
        assertEquals("https://eu.acme.test/v1/x", client().page())
        assertEquals("https://sandbox.acme.test/x", client { serverName = "sandbox" }.page())
        assertEquals("https://us.acme.test/v1/x", client { serverVariables = mapOf("region" to "us") }.page())
        val own =
            client {
                serverName = "own"
                serverVariables = mapOf("tenant" to "me")
            }
        assertEquals("https://me.own.test/x", own.page())
    }

    @Test
    fun `the choice reaches the servers of single calls`() {
        val up = "https://eu.up.test"
        assertEquals("https://eu.up.test/x", client().page(up))
        assertEquals("https://us.up.test/x", client { serverVariables = mapOf("region" to "us") }.page(up))
        assertEquals("https://sandbox.up.test/x", client { serverName = "sandbox" }.page(up))
        assertEquals("https://other.test/x", client().page("https://other.test"))
    }

    @Test
    fun `a base URL stands in for all servers but those beside it`() {
        val mine = "https://mine.test/api?key=1"
        assertEquals("https://mine.test/api/x?key=1", client { baseUrl = mine }.page("https://eu.up.test"))
        val beside =
            client {
                baseUrl = mine
                serverVariables = mapOf("edge" to "e2")
            }
        assertEquals("https://mine.test/e2/x?key=1", beside.page("/edge"))
        val both =
            refusal {
                baseUrl = mine
                serverVariables = mapOf("region" to "us")
            }
        assertEquals("give either baseUrl or serverVariables for 'region', not both", both)
        val named =
            refusal {
                baseUrl = mine
                serverName = "sandbox"
            }
        assertEquals("give either baseUrl or serverName, not both", named)
    }

    @Test
    fun `the environment fills in what the settings leave out`() {
        val us = mapOf("TEST_SERVER_REGION" to "us")
        assertEquals("https://us.acme.test/v1/x", client(us).page())
        assertEquals("https://eu.acme.test/v1/x", client(us) { serverVariables = mapOf("region" to "eu") }.page())
        assertEquals("https://sandbox.acme.test/x", client(us + ("TEST_SERVER" to "sandbox")).page())
        val all = us + mapOf("TEST_SERVER" to "sandbox", "TEST_BASE_URL" to "https://env.test")
        assertEquals("https://env.test/x", client(all).page())
        assertEquals("https://us.acme.test/v1/x", client(all) { serverName = "production" }.page())
    }

    @Test
    fun `what a client was made with stays in those made from it, and what is set last counts`() {
        val us = client(mapOf("TEST_SERVER_REGION" to "us"))
        assertEquals("https://us.acme.test/v1/x", us.with { maxRetries = 0 }.page())
        assertEquals("https://mine.test/x", us.with { baseUrl = "https://mine.test" }.page())
        assertEquals("https://sandbox.acme.test/x", us.with { serverName = "sandbox" }.page())
        val mine = client { baseUrl = "https://mine.test" }
        assertEquals("https://mine.test/x", mine.with { maxRetries = 0 }.page())
        assertEquals("https://us.acme.test/v1/x", mine.with { serverVariables = mapOf("region" to "us") }.page())
    }

    @Test
    fun `what cannot be is named`() {
        val moon = refusal { serverName = "moon" }
        assertTrue("'moon' is no server of the API; it has 'production', 'sandbox', 'own'" in moon, moon)
        val region = refusal { serverVariables = mapOf("region" to "moon") }
        assertTrue("region must be one of eu, us in 'https://{region}.acme.test/v1', not 'moon'" in region, region)
        val zone = refusal { serverVariables = mapOf("zone" to "a") }
        assertTrue("'zone' is no variable of 'https://{region}.acme.test/v1' (it has region)" in zone, zone)
        val tenant = refusal { serverName = "own" }
        assertTrue("needs 'tenant': give it in serverVariables or set TEST_SERVER_TENANT" in tenant, tenant)
        val environmental = refusal(mapOf("TEST_SERVER_REGION" to "moon")) {}
        assertTrue("TEST_SERVER_REGION must be one of eu, us" in environmental, environmental)
        val plain = ClientInfo("test-kotlin", "1.0", "TEST", "https://plain.test")
        val none = refusal(info = plain) { serverVariables = mapOf("region" to "eu") }
        assertTrue("'region' is no variable of the API's servers; they have none" in none, none)
        assertTrue("it has none to choose" in refusal(info = plain) { serverName = "a" })
    }
}

import ai.polyport.Polyport
import ai.polyport.core.APIDecodingException
import ai.polyport.core.CallOptions
import ai.polyport.core.Interceptor
import ai.polyport.core.RateLimitException
import ai.polyport.models.ChatMessage
import ai.polyport.models.ContentPart
import ai.polyport.models.ImagePart
import ai.polyport.models.ImageUrl
import ai.polyport.models.Stop
import ai.polyport.models.TextPart
import ai.polyport.models.UserContent
import ai.polyport.models.UserMessage
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds

/** What a user types, as the README and the design promise it. */
class PolyportFeelTest {
    private val reply =
        """{"id":"c1","object":"chat.completion","created":1,"model":"m","novel":{"kept":true},
            "choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Paris"}}]}"""

    private fun clientOf(vararg answers: FakeTransport.Answer): Pair<Polyport, FakeTransport> {
        val fake = FakeTransport(*answers)
        return Polyport { transport = fake } to fake
    }

    @Test
    fun `a call takes required values by name and optional ones in the block`() =
        runBlocking {
            val (client, fake) = clientOf(FakeTransport.Answer(reply))
            val reply =
                client.chat.completions.create(model = "smollm2-135m", messages = listOf(ChatMessage.user("Hi"))) {
                    temperature = 0.2
                    seed = null
                    stop("END")
                }
            assertEquals("Paris", reply.choices[0].message.content)
            val sent = """{"model":"smollm2-135m","messages":[{"role":"user","content":"Hi"}],"temperature":0.2,"seed":null,"stop":"END"}"""
            assertEquals(
                Json.parseToJsonElement(sent),
                fake.calls
                    .single()
                    .arguments.body,
            )
            assertEquals("/v1/chat/completions", fake.calls.single().path)
        }

    @Test
    fun `a stream is a cold flow of typed chunks`() =
        runBlocking {
            fun chunk(text: String) = """{"id":"c","choices":[{"index":0,"delta":{"content":"$text"}}]}"""
            val (client, fake) = clientOf(FakeTransport.Answer(events = listOf(chunk("Pa"), chunk("ris"), "[DONE]")))
            val stream = client.chat.completions.createStreaming("m", listOf(ChatMessage.user("Hi")))
            assertEquals(0, fake.calls.size)
            assertEquals(
                "Paris",
                stream.toList().joinToString("") {
                    it.choices[0]
                        .delta.content
                        .orEmpty()
                },
            )
            assertEquals(
                JsonPrimitive(true),
                (
                    fake.calls
                        .single()
                        .arguments.body as JsonObject
                )["stream"],
            )
        }

    @Test
    fun `parts are matched by class and unknown ones can be sent again`() {
        val json = """[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"u"}},{"type":"video","v":1}]"""
        val message = UserMessage.fromJson("""{"role":"user","content":$json}""")
        val parts = assertIs<UserContent.ListValue>(message.content).value
        val seen =
            parts.map { part ->
                when (part) {
                    is TextPart -> part.text
                    is ImagePart -> part.imageUrl.url
                    is ContentPart.Unknown -> part.raw.toString()
                }
            }
        assertEquals(listOf("a", "u", """{"type":"video","v":1}"""), seen)
        assertEquals(Json.parseToJsonElement(json), ChatMessage.user(UserContent.of(parts)).toJson()["content"])
    }

    @Test
    fun `models are values with copies`() {
        val message = UserMessage(content = "Hi") { name = "Ada" }
        val changed = message.copy { content("Bye") }
        assertEquals(UserMessage(UserContent.of("Bye")) { name = "Ada" }, changed)
        assertEquals(UserContent.StringValue("Hi"), message.content)
        assertEquals(changed.hashCode(), changed.copy { }.hashCode())
        assertTrue("Bye" in changed.toString())
        assertEquals(Stop.of(listOf("a")), Stop.ListValue(listOf("a")))
        assertEquals("u", ImagePart(ImageUrl("u")).imageUrl.url)
    }

    @Test
    fun `unknown members are kept and odd ones break only who reads them`() =
        runBlocking {
            val (client, _) = clientOf(FakeTransport.Answer(reply.replace("\"created\":1", "\"created\":\"soon\"")))
            val reply = client.chat.completions.create("m", listOf(ChatMessage.user("Hi")))
            assertEquals(Json.parseToJsonElement("""{"kept":true}"""), reply.toJson()["novel"])
            assertEquals("m", reply.model)
            val failure = assertFailsWith<APIDecodingException> { reply.created }
            assertEquals("ChatCompletion.created", failure.where)
        }

    @Test
    fun `failures carry what the server said`() =
        runBlocking {
            val body = """{"error":{"message":"slow down","type":"rate_limit"}}"""
            val (client, fake) = clientOf(FakeTransport.Answer(body, 429, mapOf("X-Request-Id" to "r1"), retryAfterMillis = 1))
            val failure =
                assertFailsWith<RateLimitException> {
                    client.chat.completions.create("m", emptyList(), options = CallOptions { maxRetries = 1 })
                }
            assertEquals("POST /v1/chat/completions: 429 slow down (request id r1)", failure.message)
            assertEquals("r1", failure.requestId)
            assertEquals(2, fake.calls.size)
            assertEquals(fake.calls[0].headers["Idempotency-Key"], fake.calls[1].headers["Idempotency-Key"])
        }

    @Test
    fun `pages are flows and raw responses have headers`() =
        runBlocking {
            val page = """{"object":"list","data":[{"id":"a","object":"model"},{"id":"b","object":"model"}]}"""
            val (client, _) = clientOf(FakeTransport.Answer(page, headers = mapOf("X-Request-Id" to "r2")))
            assertEquals(
                listOf("a", "b"),
                client.models
                    .list()
                    .items()
                    .toList()
                    .map { it.id },
            )
            val raw = client.withRawResponse { models.list() }
            assertEquals(200, raw.status)
            assertEquals("r2", raw.requestId)
            assertEquals(listOf("a", "b"), raw.value.data.map { it.id })
            assertTrue(!raw.value.hasNextPage())
        }

    @Test
    fun `interceptors change traffic and undocumented endpoints are in reach`() =
        runBlocking {
            val fake = FakeTransport(FakeTransport.Answer("""{"ok":true}"""))
            val client =
                Polyport {
                    transport = fake
                    apiKey = "secret"
                    timeout = 5.seconds
                    interceptors = listOf(Interceptor { call, next -> next(call.withHeaders(call.headers.with("X-Trace", "1"))) })
                }
            val answer = client.post<JsonObject>("/v9/new", body = mapOf("a" to listOf(1, null)))
            assertEquals(JsonPrimitive(true), answer["ok"])
            assertEquals("1", fake.calls.single().headers["X-Trace"])
            assertEquals("Bearer secret", fake.calls.single().headers["Authorization"])
            assertEquals(
                Json.parseToJsonElement("""{"a":[1,null]}"""),
                fake.calls
                    .single()
                    .arguments.body,
            )
        }
}

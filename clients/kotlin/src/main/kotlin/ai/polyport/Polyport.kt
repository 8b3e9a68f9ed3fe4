package ai.polyport

import ai.polyport.core.ApiClient
import ai.polyport.core.CallOptions
import ai.polyport.core.ClientConfig
import ai.polyport.core.ClientInfo
import ai.polyport.core.ClientOptions
import ai.polyport.core.Endpoints
import ai.polyport.core.RawResponse
import ai.polyport.core.SecurityKind
import ai.polyport.core.SecurityScheme
import ai.polyport.core.capturingResponse
import ai.polyport.resources.ChatResource
import ai.polyport.resources.CompletionsResource
import ai.polyport.resources.EmbeddingsResource
import ai.polyport.resources.HealthResource
import ai.polyport.resources.ModelsResource
import ai.polyport.resources.ProvidersResource
import ai.polyport.resources.VersionResource

/**
 * One endpoint for chat, completions and embeddings over many model providers.
 *
 * Polyport answers the same requests for every model it serves, whether the model runs in the local engine or behind a
 * provider. Requests and responses are wire-compatible with the OpenAI API, so existing clients work when pointed here.
 *
 * Fields that this document does not name are passed on to the provider that serves the model.
 *
 * The client of Polyport. One client serves any number of calls at a time; what it does not set comes from
 * `POLYPORT_BASE_URL`, `POLYPORT_API_KEY` and `POLYPORT_LOG`.
 *
 * ```kotlin
 * val client = Polyport { maxRetries = 5 }
 * ```
 */
public class Polyport private constructor(
    private val client: ApiClient,
) : AutoCloseable {
    /** A client with the settings that [block] makes. */
    @JvmOverloads
    public constructor(block: ClientOptions.() -> Unit = {}) : this(apiClient(System::getenv, block))

    /** Answers to a conversation. */
    public val chat: ChatResource = ChatResource(client)

    /** Continuations of a text. */
    public val completions: CompletionsResource = CompletionsResource(client)

    /** Vectors of texts. */
    public val embeddings: EmbeddingsResource = EmbeddingsResource(client)

    /** The calls under `health`. */
    public val health: HealthResource = HealthResource(client)

    /** What requests may name. */
    public val models: ModelsResource = ModelsResource(client)

    /** Where models run. */
    public val providers: ProvidersResource = ProvidersResource(client)

    /** The calls under `version`. */
    public val version: VersionResource = VersionResource(client)

    /** Calls to endpoints that the API's document does not have, by class; see [get], [post] and the like. */
    public val endpoints: Endpoints = Endpoints(client)

    /** This client with other settings, over the same connections. */
    public fun withOptions(block: ClientOptions.() -> Unit): Polyport = Polyport(client.with(block))

    /** The result of the call in [block] with its answer's status and headers. */
    public suspend fun <T> withRawResponse(block: suspend Polyport.() -> T): RawResponse<T> =
        capturingResponse { block() }

    /** GET of a path that the API's document does not have; see [Endpoints] for what [T] can be. */
    public suspend inline fun <reified T : Any> get(
        path: String,
        options: CallOptions? = null,
    ): T = endpoints.request("GET", path, T::class.java, null, options)

    /** POST of a path that the API's document does not have; see [Endpoints] for what [T] can be. */
    public suspend inline fun <reified T : Any> post(
        path: String,
        body: Any? = null,
        options: CallOptions? = null,
    ): T = endpoints.request("POST", path, T::class.java, body, options)

    /** PUT of a path that the API's document does not have; see [Endpoints] for what [T] can be. */
    public suspend inline fun <reified T : Any> put(
        path: String,
        body: Any? = null,
        options: CallOptions? = null,
    ): T = endpoints.request("PUT", path, T::class.java, body, options)

    /** PATCH of a path that the API's document does not have; see [Endpoints] for what [T] can be. */
    public suspend inline fun <reified T : Any> patch(
        path: String,
        body: Any? = null,
        options: CallOptions? = null,
    ): T = endpoints.request("PATCH", path, T::class.java, body, options)

    /** DELETE of a path that the API's document does not have; see [Endpoints] for what [T] can be. */
    public suspend inline fun <reified T : Any> delete(
        path: String,
        options: CallOptions? = null,
    ): T = endpoints.request("DELETE", path, T::class.java, null, options)

    /** Drops the connections that are not in use. */
    override fun close() {
        client.close()
    }

    public companion object {
        /** What the package is called in Maven repositories. */
        public const val ARTIFACT: String = "polyport-kotlin"

        /** The package's version. */
        public const val VERSION: String = "0.1.0"

        private fun apiClient(
            environment: (String) -> String?,
            block: ClientOptions.() -> Unit,
        ): ApiClient {
            val info =
                ClientInfo(
                    name = ARTIFACT,
                    version = VERSION,
                    envPrefix = "POLYPORT",
                    baseUrl = "http://127.0.0.1:8080",
                    securitySchemes = mapOf("bearer" to SecurityScheme(SecurityKind.BEARER, "", "API_KEY")),
                    secretHeaders = setOf(
                        "authorization",
                        "proxy-authorization",
                        "cookie",
                        "set-cookie",
                        "x-api-key",
                        "api-key",
                    ),
                )
            return ApiClient(ClientConfig(ClientOptions(info, environment).apply(block), info))
        }
    }
}

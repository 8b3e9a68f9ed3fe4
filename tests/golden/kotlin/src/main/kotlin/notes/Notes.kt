package notes

import notes.core.ApiClient
import notes.core.CallOptions
import notes.core.ClientConfig
import notes.core.ClientInfo
import notes.core.ClientOptions
import notes.core.Endpoints
import notes.core.RawResponse
import notes.core.SecurityKind
import notes.core.SecurityScheme
import notes.core.capturingResponse
import notes.resources.NotesResource

/**
 * Notes that people keep.
 *
 * The client of Notes. One client serves any number of calls at a time; what it does not set comes from
 * `NOTES_BASE_URL`, `NOTES_API_KEY` and `NOTES_LOG`.
 *
 * ```kotlin
 * val client = Notes { maxRetries = 5 }
 * ```
 */
public class Notes private constructor(
    private val client: ApiClient,
) : AutoCloseable {
    /** A client with the settings that [block] makes. */
    @JvmOverloads
    public constructor(block: ClientOptions.() -> Unit = {}) : this(apiClient(System::getenv, block))

    /** The calls under `notes`. */
    public val notes: NotesResource = NotesResource(client)

    /** Calls to endpoints that the API's document does not have, by class; see [get], [post] and the like. */
    public val endpoints: Endpoints = Endpoints(client)

    /** This client with other settings, over the same connections. */
    public fun withOptions(block: ClientOptions.() -> Unit): Notes = Notes(client.with(block))

    /** The result of the call in [block] with its answer's status and headers. */
    public suspend fun <T> withRawResponse(block: suspend Notes.() -> T): RawResponse<T> =
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
        public const val ARTIFACT: String = "notes-kotlin"

        /** The package's version. */
        public const val VERSION: String = "1.0.0"

        private fun apiClient(
            environment: (String) -> String?,
            block: ClientOptions.() -> Unit,
        ): ApiClient {
            val info =
                ClientInfo(
                    name = ARTIFACT,
                    version = VERSION,
                    envPrefix = "NOTES",
                    baseUrl = "https://notes.example/v1",
                    securitySchemes = mapOf("key" to SecurityScheme(SecurityKind.HEADER, "X-Notes-Key", "API_KEY")),
                    secretHeaders = setOf(
                        "authorization",
                        "proxy-authorization",
                        "cookie",
                        "set-cookie",
                        "x-api-key",
                        "api-key",
                        "x-notes-key",
                    ),
                )
            return ApiClient(ClientConfig(ClientOptions(info, environment).apply(block), info))
        }
    }
}

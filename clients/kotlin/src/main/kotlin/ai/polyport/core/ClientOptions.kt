package ai.polyport.core

import kotlinx.serialization.json.JsonElement
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** How much a client tells the `java.util.logging` logger of its package. */
public enum class LogLevel { OFF, INFO, DEBUG }

/** The settings of a client. What is not set comes from the environment, then from the defaults. */
@ApiDsl
public class ClientOptions internal constructor(
    private val info: ClientInfo,
    private val environment: (String) -> String?,
) {
    private val fromEnvironment = environment("${info.envPrefix}_BASE_URL")?.ifBlank { null }
    private var isUrlGiven = false
    private var isServerGiven = false
    private var areVariablesGiven = false

    /** Whether the base URL of the client that this one is made from was given. */
    private var isUrlInherited = false

    /** Where the API is: stands in for all servers of its document but those that are relative to it. */
    public var baseUrl: String = fromEnvironment ?: info.baseUrl
        set(value) {
            field = value
            isUrlGiven = true
        }

    /** The name of one of the servers of the API's document; null for what `<PREFIX>_SERVER` names, else the first. */
    public var serverName: String? = null
        set(value) {
            field = value
            isServerGiven = value != null
        }

    /** What stands for the variables in servers' URLs, by their names; else an environment variable for each, else its default. */
    public var serverVariables: Map<String, String> = emptyMap()
        set(value) {
            field = value
            areVariablesGiven = value.isNotEmpty()
        }

    /** Where calls go: the base URL that was given or null, and what was chosen of the servers. What was set last counts. */
    internal fun place(): Pair<String?, ServerChoice> {
        val chosenHere = isServerGiven || areVariablesGiven
        val environmental = fromEnvironment.takeIf { !chosenHere && serverName == null && serverVariables.isEmpty() }
        val url = if (isUrlGiven || (isUrlInherited && !chosenHere)) baseUrl else environmental
        val wanted = serverName.takeIf { isServerGiven || !isUrlGiven }
        val variables = serverVariables.takeIf { areVariablesGiven || !(isUrlGiven || isServerGiven) }.orEmpty()
        return url to info.servers.choose(url, wanted, variables, info.envPrefix, environment)
    }

    /** Credentials from the environment, or of the client that this one is made from: a key given here is used instead. */
    private val inherited: MutableMap<String, TokenProvider> = LinkedHashMap()
    private val credentials: MutableMap<String, TokenProvider> = LinkedHashMap()
    private val schemes: Set<String> = info.securitySchemes.keys

    init {
        for ((id, scheme) in info.securitySchemes) {
            val found = environment("${info.envPrefix}_${scheme.env}")?.ifBlank { null }
            if (found != null) inherited[id] = TokenProvider { found }
        }
    }

    /** The key to send where one credential is asked for; an empty one sends none, on purpose. */
    public var apiKey: String? = environment("${info.envPrefix}_API_KEY")?.ifBlank { null }
        set(value) {
            field = value
            inherited.clear()
        }

    /** Asked for the key before every try; wins over [apiKey]. */
    public var tokenProvider: TokenProvider? = null
        set(value) {
            field = value
            inherited.clear()
        }

    /** The credential for one security scheme of the API, by its name in the document; `user:password` for basic ones. */
    public fun credential(
        scheme: String,
        value: String,
    ) {
        credential(scheme, TokenProvider { value })
    }

    /** Asked for the credential of one security scheme before every try. */
    public fun credential(
        scheme: String,
        provider: TokenProvider,
    ) {
        require(scheme in schemes) { "'$scheme' is no security scheme of the API; it has ${schemes.ifEmpty { setOf("none") }}" }
        credentials[scheme] = provider
    }

    internal fun credentials(): Map<String, TokenProvider> = inherited + credentials

    /** How long one try may take, a stream's until its headers. */
    public var timeout: Duration = 600.seconds

    /** How long connecting may take. */
    public var connectTimeout: Duration = 10.seconds

    /** How long a stream may be silent. */
    public var idleTimeout: Duration = 120.seconds

    /** How many times a failed call is tried again. */
    public var maxRetries: Int = 2

    /** The delay before the first retry; it doubles from there. */
    public var initialRetryDelay: Duration = 500.milliseconds

    /** The longest delay between retries. */
    public var maxRetryDelay: Duration = 8.seconds

    /** Headers for every call; null removes one that the client sends by itself. */
    public var defaultHeaders: Map<String, String?> = emptyMap()

    /** Query members for every call. */
    public var defaultQuery: Map<String, String> = emptyMap()

    /** What carries the calls; null for HTTP. */
    public var transport: Transport? = null

    /** Called around every try, the first one outermost. */
    public var interceptors: List<Interceptor> = emptyList()

    /** What is logged; `<PREFIX>_LOG` gives the default. */
    public var logLevel: LogLevel = logLevel(environment("${info.envPrefix}_LOG"))

    /** [timeout] in milliseconds, for Java. */
    public fun timeoutMillis(value: Long) {
        timeout = value.milliseconds
    }

    internal fun copyFrom(other: ClientConfig) {
        baseUrl = other.baseUrl
        serverName = other.choice.name.ifEmpty { null }
        serverVariables = other.choice.values
        isUrlInherited = other.isUrlGiven
        isUrlGiven = false
        isServerGiven = false
        areVariablesGiven = false
        apiKey = other.apiKey
        tokenProvider = other.tokenProvider
        inherited.putAll(other.credentials)
        timeout = other.timeout
        connectTimeout = other.connectTimeout
        idleTimeout = other.idleTimeout
        maxRetries = other.maxRetries
        initialRetryDelay = other.initialRetryDelay
        maxRetryDelay = other.maxRetryDelay
        defaultHeaders = other.defaultHeaders
        defaultQuery = other.defaultQuery
        transport = other.transport
        interceptors = other.interceptors
        logLevel = other.logLevel
    }
}

private fun logLevel(word: String?): LogLevel =
    when (word?.lowercase()) {
        "debug" -> LogLevel.DEBUG
        "info" -> LogLevel.INFO
        else -> LogLevel.OFF
    }

/** What generated code tells the runtime about the API. */
internal class ClientInfo(
    /** The package's name and version, for `User-Agent` and the logger. */
    val name: String,
    val version: String,
    val envPrefix: String,
    val baseUrl: String,
    val securitySchemes: Map<String, SecurityScheme> = emptyMap(),
    /** Headers, in lower case, whose values no log shows. */
    val secretHeaders: Set<String> = emptySet(),
    val servers: Servers = Servers(),
)

/** The settings of a client, fixed. */
internal class ClientConfig(
    options: ClientOptions,
    val info: ClientInfo,
) {
    private val place: Pair<String?, ServerChoice> = options.place()
    val isUrlGiven: Boolean = place.first != null
    val choice: ServerChoice = place.second

    /** The API's own base URL, with what was chosen of its servers. */
    val ownBaseUrl: String = (if (isUrlGiven) null else info.servers.url(choice, info.envPrefix)) ?: info.baseUrl
    val baseUrl: String = place.first ?: ownBaseUrl
    val apiKey: String? = options.apiKey
    val tokenProvider: TokenProvider? = options.tokenProvider
    val credentials: Map<String, TokenProvider> = options.credentials()
    val timeout: Duration = options.timeout
    val connectTimeout: Duration = options.connectTimeout
    val idleTimeout: Duration = options.idleTimeout
    val maxRetries: Int = options.maxRetries
    val initialRetryDelay: Duration = options.initialRetryDelay
    val maxRetryDelay: Duration = options.maxRetryDelay
    val defaultHeaders: Map<String, String?> = options.defaultHeaders.toMap()
    val defaultQuery: Map<String, String> = options.defaultQuery.toMap()
    val interceptors: List<Interceptor> = options.interceptors.toList()
    val logLevel: LogLevel = options.logLevel
    val transport: Transport = options.transport ?: OkHttpTransport()

    init {
        require(baseUrl.isNotEmpty() || options.transport != null) {
            "there is no base URL: the API's document has none that can be called; set baseUrl or ${info.envPrefix}_BASE_URL"
        }
    }
}

/** What one call does differently from its client: `CallOptions { maxRetries = 0 }`. */
@ApiDsl
public class CallOptions
    @JvmOverloads
    constructor(
        block: CallOptions.() -> Unit = {},
    ) {
        /** How long one try may take; null for the client's. */
        public var timeout: Duration? = null

        /** How long a stream may be silent; null for the client's. */
        public var idleTimeout: Duration? = null

        /** How many times a failed call is tried again; null for the client's. */
        public var maxRetries: Int? = null

        /** More headers; null removes one that is sent otherwise. */
        public var extraHeaders: Map<String, String?> = emptyMap()

        /** More query members. */
        public var extraQuery: Map<String, String> = emptyMap()

        /** More members of a JSON body; they win over the call's own. */
        public var extraBody: Map<String, JsonElement> = emptyMap()

        init {
            block()
        }
    }

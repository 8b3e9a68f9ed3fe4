package ai.polyport.core

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import okhttp3.MediaType.Companion.toMediaTypeOrNull
import java.io.Closeable
import java.io.IOException
import java.nio.ByteBuffer
import java.util.UUID
import java.util.concurrent.atomic.AtomicReference
import kotlin.time.Duration
import kotlin.time.TimeSource

/**
 * Makes calls for the generated resources: what stands above the transport.
 *
 * A call is: headers and key, tries with deadlines between interceptors, then the reading of the answer.
 */
internal class ApiClient(
    val config: ClientConfig,
) : Closeable {
    private val log = CallLog(config.info.name, config.logLevel)
    private val credentials =
        Credentials(
            config.info,
            config.credentials,
            config.tokenProvider ?: config.apiKey?.takeIf { it.isNotEmpty() }?.let { key -> TokenProvider { key } },
            none = config.tokenProvider == null && config.apiKey?.isEmpty() == true,
        )

    /** A client with changed settings on the same transport. */
    fun with(block: ClientOptions.() -> Unit): ApiClient {
        val options = ClientOptions(config.info) { null }
        options.copyFrom(config)
        options.transport = config.transport
        options.block()
        return ApiClient(ClientConfig(options, config.info))
    }

    /** A call whose answer is JSON. */
    suspend fun <T> call(
        operation: Operation,
        arguments: Arguments,
        options: CallOptions?,
        codec: Codec<T>,
    ): T =
        exchange(operation, arguments, options) { call, outcome ->
            decodeBody(call, readBody(outcome), codec)
        }

    /** A call whose answer is JSON, or has no body: then null. */
    suspend fun <T> callOptional(
        operation: Operation,
        arguments: Arguments,
        options: CallOptions?,
        codec: Codec<T>,
    ): T? =
        exchange(operation, arguments, options) { call, outcome ->
            val bytes = readBody(outcome)
            if (bytes.isEmpty()) null else decodeBody(call, bytes, codec)
        }

    /** A call whose answer has no content, or none that matters. */
    suspend fun send(
        operation: Operation,
        arguments: Arguments,
        options: CallOptions?,
    ) {
        exchange(operation, arguments, options) { _, outcome -> outcome.use { it.body.finish() } }
    }

    /** A call whose answer is text. */
    suspend fun text(
        operation: Operation,
        arguments: Arguments,
        options: CallOptions?,
    ): String = exchange(operation, arguments, options) { _, outcome -> readText(outcome) }

    /** A call whose answer may come in several forms: its content type decides which. */
    suspend fun <T> mixed(
        operation: Operation,
        arguments: Arguments,
        options: CallOptions?,
        forms: Set<AnswerForm>,
        codec: Codec<T>,
    ): MixedResponse<T> = exchange(operation, arguments, options) { call, outcome -> mixedResponse(call, outcome, forms, codec) }

    /** The same where the answer may have no body: then null. */
    suspend fun <T> mixedOptional(
        operation: Operation,
        arguments: Arguments,
        options: CallOptions?,
        forms: Set<AnswerForm>,
        codec: Codec<T>,
    ): MixedResponse<T>? =
        exchange(operation, arguments, options) { call, outcome ->
            if (outcome.status == 204 || outcome.headers["content-length"] == "0") {
                outcome.close()
                null
            } else {
                mixedResponse(call, outcome, forms, codec)
            }
        }

    private suspend fun <T> mixedResponse(
        call: Call,
        outcome: Outcome,
        forms: Set<AnswerForm>,
        codec: Codec<T>,
    ): MixedResponse<T> =
        when (formOf(outcome.headers["content-type"], forms)) {
            AnswerForm.JSON -> MixedResponse.Json(decodeBody(call, readBody(outcome), codec))
            AnswerForm.TEXT -> MixedResponse.Text(readText(outcome))
            AnswerForm.BINARY -> MixedResponse.Binary(BinaryResponse(outcome))
        }

    /** A call whose answer is a download; the caller closes it. */
    suspend fun binary(
        operation: Operation,
        arguments: Arguments,
        options: CallOptions?,
    ): BinaryResponse = exchange(operation, arguments, options) { _, outcome -> BinaryResponse(outcome) }

    /** A call whose answer is a stream of server-sent events; it is made when the flow is collected, each time anew. */
    fun <T> events(
        operation: Operation,
        arguments: Arguments,
        options: CallOptions?,
        codec: Codec<T>,
    ): EventFlow<T> = eventFlow(operation, codec) { exchange(operation, arguments, options) { _, outcome -> outcome } }

    /** A call whose answer is a stream of JSON lines. */
    fun <T> lines(
        operation: Operation,
        arguments: Arguments,
        options: CallOptions?,
        codec: Codec<T>,
    ): EventFlow<T> = lineFlow(codec) { exchange(operation, arguments, options) { _, outcome -> outcome } }

    /** A call whose answer is one page of a list. */
    suspend fun <T, B : Any> page(
        operation: Operation,
        arguments: Arguments,
        options: CallOptions?,
        codec: Codec<B>,
        item: Codec<T>,
        plan: PagePlan,
    ): Page<T, B> = page(operation, PageRequest(arguments), options, codec, item, plan)

    private suspend fun <T, B : Any> page(
        operation: Operation,
        request: PageRequest,
        options: CallOptions?,
        codec: Codec<B>,
        item: Codec<T>,
        plan: PagePlan,
    ): Page<T, B> {
        val link = request.links.lastOrNull()
        val sent = if (link == null) operation else operation.linked(link)
        return exchange(sent, request.arguments, options, link) { call, outcome ->
            val document = parseBody(call, readBody(outcome))
            val body = codec.decodeNamed(document, "$call")
            Page(body, document, plan, item, request, call.page, outcome.headers["link"]) {
                page(operation, it, options, codec, item, plan)
            }
        }
    }

    override fun close() {
        config.transport.close()
    }

    /** Tries the call until it succeeds, fails for good, or has been tried often enough. */
    private suspend fun <T> exchange(
        operation: Operation,
        arguments: Arguments,
        options: CallOptions?,
        link: String? = null,
        read: suspend (Call, Outcome) -> T,
    ): T {
        val opened = AtomicReference<Outcome?>()
        try {
            // Deadlines are real time, even when the caller's dispatcher has a clock of its own (as in tests).
            return withContext(Dispatchers.Default) {
                val sent = withExtraBody(arguments, options)
                val headers = commonHeaders(operation, sent, options)
                val retries = if (sent.repeatable) options?.maxRetries ?: config.maxRetries else 0
                var attempt = 0
                while (true) {
                    try {
                        val call = prepare(operation, sent, headers, options, attempt, link)
                        return@withContext attempt(call, options, opened, read)
                    } catch (failure: APIException) {
                        if (attempt >= retries || !isRetryable(failure)) throw failure
                        val wait = retryDelay(attempt, failure, config.initialRetryDelay, config.maxRetryDelay)
                        log.info { "${operation.method} ${operation.path}: trying again in $wait after ${failure.javaClass.simpleName}" }
                        delay(wait)
                    }
                    attempt++
                }
                @Suppress("UNREACHABLE_CODE")
                error("unreachable")
            }
        } catch (cancelled: CancellationException) {
            // Who is cancelled on the way back to its own thread never gets the answer, and so cannot close it.
            opened.get()?.close()
            throw cancelled
        }
    }

    private suspend fun <T> attempt(
        call: Call,
        options: CallOptions?,
        opened: AtomicReference<Outcome?>,
        read: suspend (Call, Outcome) -> T,
    ): T {
        val started = TimeSource.Monotonic.markNow()
        val limit = options?.timeout ?: config.timeout
        log.debug { "$call ${redacted(call.headers, call.secretHeaders)}" }
        opened.set(null)
        var done = false
        try {
            val result =
                withTimeoutOrNull(limit) {
                    val outcome = chain(call, 0)
                    opened.set(outcome)
                    log.info { "$call: ${outcome.status} in ${started.elapsedNow()}" }
                    log.debug { "$call: ${redacted(outcome.headers, call.secretHeaders)}" }
                    currentCoroutineContext()[ResponseCapture]?.record(outcome)
                    if (!outcome.isSuccess) throw statusFailure(call, outcome)
                    Done(read(call, outcome))
                } ?: throw APITimeoutException("$call: no answer within $limit")
            done = true
            return result.value
        } catch (failure: IOException) {
            currentCoroutineContext().ensureActive()
            throw APIConnectionException("$call: ${failure.message ?: failure.javaClass.simpleName}", failure)
        } catch (failure: APIException) {
            log.info { "$call: ${failure.javaClass.simpleName} after ${started.elapsedNow()}" }
            throw failure
        } finally {
            if (!done) opened.get()?.close()
        }
    }

    /** Holds a result that may itself be null, apart from the null of a timeout. */
    private class Done<T>(
        val value: T,
    )

    private suspend fun chain(
        call: Call,
        index: Int,
    ): Outcome {
        val interceptor = config.interceptors.getOrNull(index) ?: return config.transport.execute(call)
        return interceptor.intercept(call) { chain(it, index + 1) }
    }

    private suspend fun readBody(outcome: Outcome): ByteArray = outcome.use { it.body.bytes() }

    /** Text in the charset that its content type names; UTF-8 without one, or for one that nobody knows. */
    private suspend fun readText(outcome: Outcome): String {
        val charset = outcome.headers["content-type"]?.toMediaTypeOrNull()?.charset(Charsets.UTF_8)
        return readBody(outcome).toString(charset ?: Charsets.UTF_8)
    }

    private suspend fun statusFailure(
        call: Call,
        outcome: Outcome,
    ): APIStatusException {
        val body =
            try {
                readBody(outcome)
            } catch (cancelled: CancellationException) {
                throw cancelled
            } catch (_: APIConnectionException) {
                // The status is known; a body that was cut short must not hide it.
                ByteArray(0)
            }
        return StatusFailure(call.operation.method, call.path, outcome.status, outcome.headers, body, outcome.retryAfter).toException()
    }

    private fun parseBody(
        call: Call,
        bytes: ByteArray,
    ): JsonElement {
        if (bytes.isEmpty()) throw APIDecodingException("$call: empty body")
        return try {
            // The decoder refuses what is not UTF-8; a byte order mark may be there (RFC 8259, 8.1).
            parseJson(
                Charsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .removePrefix("\uFEFF"),
            )
        } catch (failure: SerializationException) {
            throw APIDecodingException("$call: the body is not JSON", rawBody = bytes, cause = failure)
        } catch (failure: CharacterCodingException) {
            throw APIDecodingException("$call: the body is not JSON in UTF-8", rawBody = bytes, cause = failure)
        }
    }

    private fun <T> decodeBody(
        call: Call,
        bytes: ByteArray,
        codec: Codec<T>,
    ): T = codec.decodeNamed(parseBody(call, bytes), "$call")

    private fun withExtraBody(
        arguments: Arguments,
        options: CallOptions?,
    ): Arguments {
        val extra = options?.extraBody.orEmpty()
        if (extra.isEmpty()) return arguments
        val changed = arguments.copy()
        val whole = arguments.whole
        if (whole is JsonObject) changed.whole = JsonObject(whole + extra) else changed.members.putAll(extra)
        return changed
    }

    /** The headers that all tries share. */
    private fun commonHeaders(
        operation: Operation,
        arguments: Arguments,
        options: CallOptions?,
    ): Headers {
        val info = config.info
        var headers =
            Headers.of(
                "Accept" to operation.accept,
                "User-Agent" to "${info.name}/${info.version} kotlin/${KotlinVersion.CURRENT}",
            )
        if (operation.method != "GET" && operation.method != "HEAD") headers = headers.with("Idempotency-Key", UUID.randomUUID().toString())
        headers = headers.with(config.defaultHeaders)
        for ((name, value) in headerPairs(operation, arguments)) headers = headers.with(name, value)
        return headers.with(options?.extraHeaders.orEmpty())
    }

    private suspend fun prepare(
        operation: Operation,
        arguments: Arguments,
        common: Headers,
        options: CallOptions?,
        attempt: Int,
        link: String?,
    ): Call {
        var headers = common
        val query = mutableListOf<Pair<String, String>>()
        // What a link has is all of the query, but for a credential.
        if (link == null) query += (config.defaultQuery + options?.extraQuery.orEmpty()).toList()
        val given = query.map { it.first }.toSet() + queryNames(link)
        val secret = HashSet(config.info.secretHeaders)
        cookieHeader(operation, arguments)?.let { headers = headers.with("Cookie", it) }
        val wanted =
            credentials.wanted(operation, operation.path) { scheme ->
                val header = scheme.header
                when {
                    header == null -> scheme.name in given
                    scheme.kind == SecurityKind.COOKIE -> headers[header].orEmpty().split("; ").any { it.startsWith("${scheme.name}=") }
                    else -> header in headers || removes(options, header)
                }
            }
        for ((id, provider) in wanted) {
            val scheme = config.info.securitySchemes.getValue(id)
            val key = provider.token()
            val header = scheme.header
            when {
                key.isEmpty() -> {
                    continue
                }

                header == null -> {
                    if (scheme.name !in given) query += scheme.name to key
                }

                scheme.kind == SecurityKind.COOKIE -> {
                    secret += "cookie"
                    headers = headers.with(header, listOfNotNull(headers[header], "${scheme.name}=${cookieText(key)}").joinToString("; "))
                }

                else -> {
                    secret += header.lowercase()
                    if (header !in headers && !removes(options, header)) headers = headers.with(header, scheme.value(key))
                }
            }
        }
        val idle: Duration = options?.idleTimeout ?: config.idleTimeout
        return Call(operation, arguments, headers, query, serverOf(operation), config.connectTimeout, idle, attempt, secret, link)
    }

    /** Where a call goes: to a server of its own, unless the client was given another base URL. Only a relative one is beside that. */
    private fun serverOf(operation: Operation): String {
        val key = operation.server ?: return config.baseUrl
        if ("://" in key && config.baseUrl.trimEnd('/') != config.ownBaseUrl.trimEnd('/')) return config.baseUrl
        val own = config.info.servers.own(key, config.choice, config.info.envPrefix)
        return if ("://" in own) own else besideBase(config.baseUrl, own)
    }

    private fun removes(
        options: CallOptions?,
        name: String,
    ): Boolean =
        (config.defaultHeaders + options?.extraHeaders.orEmpty()).any { it.key.equals(name, ignoreCase = true) && it.value == null }
}

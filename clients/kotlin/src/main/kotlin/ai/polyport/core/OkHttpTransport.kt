package ai.polyport.core

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import okhttp3.HttpUrl
import okhttp3.HttpUrl.Companion.toHttpUrlOrNull
import okhttp3.Interceptor.Chain
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.Response
import java.io.IOException
import java.net.SocketTimeoutException
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.toJavaDuration

private const val CHUNK = 16 * 1024L

/** How many bytes of a body that nobody wants are read to keep its connection. */
private const val LITTLE = 64 * 1024L

/** How long the end of a body may take after the end of the stream in it. */
private val LAST_WORD = 100.milliseconds

/**
 * Carries calls over HTTP with OkHttp.
 *
 * Pass a client of your own for proxies, certificates or connection settings; its retries, redirects and read timeouts
 * are switched off, since retries and deadlines stand above the transport and redirects have a rule of their own.
 */
public class OkHttpTransport
    @JvmOverloads
    constructor(
        client: OkHttpClient = OkHttpClient(),
    ) : Transport {
        private val client: OkHttpClient =
            client
                .newBuilder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .callTimeout(Duration.ZERO.toJavaDuration())
                .readTimeout(Duration.ZERO.toJavaDuration())
                .writeTimeout(Duration.ZERO.toJavaDuration())
                .addNetworkInterceptor(::withoutImmediateRetry)
                .build()
        private val byConnectTimeout = ConcurrentHashMap<Duration, OkHttpClient>()

        override suspend fun execute(call: Call): Outcome {
            val http = byConnectTimeout.getOrPut(call.connectTimeout) { connectingWithin(call.connectTimeout) }
            var request = request(call)
            val redirects = Redirects(call)
            while (true) {
                val sent = http.newCall(request)
                val response =
                    try {
                        onReader(sent, Response::close) { sent.execute() }
                    } catch (failure: SocketTimeoutException) {
                        throw APITimeoutException("$call: ${failure.message ?: "timeout"}", failure)
                    } catch (failure: IOException) {
                        throw APIConnectionException("$call: ${failure.message ?: failure.javaClass.simpleName}", failure)
                    }
                if (!isRedirect(response)) return outcome(call, sent, response)
                response.close()
                request = redirects.following(request, response)
            }
        }

        override fun close() {
            client.connectionPool.evictAll()
        }

        private fun connectingWithin(limit: Duration): OkHttpClient = client.newBuilder().connectTimeout(limit.toJavaDuration()).build()

        private fun outcome(
            call: Call,
            sent: okhttp3.Call,
            response: Response,
        ): Outcome {
            val headers =
                Headers.of(
                    response.headers.map { (name, value) ->
                        if (value == IMMEDIATELY && name.equals("Retry-After", ignoreCase = true)) name to "0" else name to value
                    },
                )
            return Outcome(response.code, headers, retryAfter(headers), OkHttpBody(call, sent, response))
        }
    }

/** What OkHttp does not take for "again, at once" (it would send a 503's request again by itself). */
private const val IMMEDIATELY = "0.0"

private fun withoutImmediateRetry(chain: Chain): Response {
    val response = chain.proceed(chain.request())
    if (response.code != 503 || response.header("Retry-After") != "0") return response
    return response.newBuilder().header("Retry-After", IMMEDIATELY).build()
}

private fun request(call: Call): Request {
    val headers = okhttp3.Headers.Builder()
    for ((name, value) in call.headers) {
        // RFC 9110, 5.5
        val isText = value.none { (it < ' ' && it != '\t') || it == '\u007f' }
        require(isText) { "the value of header $name has a line break or another control character" }
        headers.addUnsafeNonAscii(name, value)
    }
    val builder = Request.Builder().url(url(call)).headers(headers.build())
    // A stream's pieces must not wait in a decompressor.
    if (call.operation.accept == "text/event-stream") builder.header("Accept-Encoding", "identity")
    return builder.method(call.operation.method, requestBody(call.operation, call.arguments)).build()
}

private fun url(call: Call): HttpUrl {
    val pairs = queryPairs(call.operation, call.arguments) + call.query.map { percentEncode(it.first) to percentEncode(it.second) }
    val page = call.page
    val query = pairs.joinToString("&") { "${it.first}=${it.second}" }
    val mark =
        if (query.isEmpty()) {
            ""
        } else if ('?' in page) {
            "&"
        } else {
            "?"
        }
    return (page + mark + query).toHttpUrlOrNull() ?: throw IllegalArgumentException("'${shownUrl(call.baseUrl)}' is not a usable base URL")
}

private class OkHttpBody(
    private val call: Call,
    private val sent: okhttp3.Call,
    private val response: Response,
) : OutcomeBody {
    @Volatile
    private var complete = false

    override suspend fun bytes(): ByteArray =
        try {
            onReader(sent) { response.body.bytes() }.also { complete = true }
        } catch (failure: IOException) {
            throw broken(failure)
        }

    override fun chunks(): Flow<ByteArray> =
        flow {
            while (true) {
                val chunk = nextChunk() ?: break
                emit(chunk)
            }
            complete = true
        }

    override fun events(): Flow<ServerSentEvent> = parseEvents(chunks(), call.operation.terminator)

    override suspend fun finish() {
        val source = response.body.source()
        val ended =
            withContext(Dispatchers.Default) {
                withTimeoutOrNull(LAST_WORD) {
                    try {
                        onReader(sent) { !source.request(LITTLE) }
                    } catch (_: IOException) {
                        false
                    }
                }
            }
        if (ended == true) complete = true
    }

    override fun close() {
        // Closing alone would first read on for a while, to keep the connection.
        if (!complete) sent.cancel()
        response.close()
    }

    private suspend fun nextChunk(): ByteArray? {
        val source = response.body.source()
        val read =
            // Silence is measured in real time, whatever clock the collector's dispatcher has.
            withContext(Dispatchers.Default) {
                withTimeoutOrNull(call.idleTimeout) {
                    try {
                        onReader(sent) {
                            if (source.exhausted()) ByteArray(0) else source.readByteArray(minOf(source.buffer.size, CHUNK))
                        }
                    } catch (failure: IOException) {
                        throw broken(failure)
                    }
                }
            } ?: throw APITimeoutException("$call: no bytes for ${call.idleTimeout}")
        return read.takeIf { it.isNotEmpty() }
    }

    private fun broken(failure: IOException) = APIConnectionException("$call: ${failure.message ?: failure.javaClass.simpleName}", failure)
}

/** Threads for OkHttp's blocking reads; one is busy for each open call, so their number has no bound of its own. */
private val READERS: ExecutorService =
    AtomicInteger().let { number ->
        Executors.newCachedThreadPool { task ->
            Thread(task, "http-reader-${number.incrementAndGet()}").apply { isDaemon = true }
        }
    }

/** Runs blocking [work] of [sent] on a thread of its own; cancelling the coroutine closes the socket at once. */
private suspend fun <T> onReader(
    sent: okhttp3.Call,
    discard: (T) -> Unit = {},
    work: () -> T,
): T =
    suspendCancellableCoroutine { continuation ->
        continuation.invokeOnCancellation { sent.cancel() }
        READERS.execute {
            val result = runCatching(work)
            result.fold(
                onSuccess = { value -> continuation.resume(value) { _, late, _ -> discard(late) } },
                onFailure = { continuation.resumeWith(Result.failure(it)) },
            )
        }
    }

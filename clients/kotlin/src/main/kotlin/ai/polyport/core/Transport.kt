package ai.polyport.core

import kotlinx.coroutines.flow.Flow
import java.io.Closeable
import kotlin.time.Duration

/** One try of one operation, on its way to a transport: typed arguments, and what surrounds them. */
public class Call internal constructor(
    public val operation: Operation,
    public val arguments: Arguments,
    /** All headers but those of header parameters: defaults, authorization, idempotency key, the call's own. */
    public val headers: Headers,
    /** Query members besides the operation's parameters. */
    public val query: List<Pair<String, String>>,
    public val baseUrl: String,
    public val connectTimeout: Duration,
    /** How long the answer's body may be silent. */
    public val idleTimeout: Duration,
    /** 0 for the first try. */
    public val attempt: Int,
    /** Names of headers, in lower case, that carry secrets: not to be logged or sent to another origin. */
    public val secretHeaders: Set<String>,
    /** The URL that is fetched in place of [baseUrl], [path] and query parameters: a page that an answer links to. Or null. */
    public val link: String? = null,
) {
    /** The URL that the page of this call has, without its query parameters when it was not linked to. */
    internal val page: String get() = link ?: behindBase(baseUrl, path)

    /** The path with its parameters filled in, percent-encoded. */
    public val path: String by lazy(LazyThreadSafetyMode.PUBLICATION) { expandPath(operation, arguments) }

    /** This call with other headers. */
    public fun withHeaders(headers: Headers): Call =
        Call(operation, arguments, headers, query, baseUrl, connectTimeout, idleTimeout, attempt, secretHeaders, link)

    /** `POST /chat/completions`; no argument but the path's is shown. */
    override fun toString(): String = "${operation.method} $path"
}

/** An answer as any transport gives it. Whoever gets one closes it. */
public class Outcome(
    /** The status as HTTP has it. */
    public val status: Int,
    public val headers: Headers,
    /** How long the server asks to wait before another try, or null. */
    public val retryAfter: Duration?,
    /** The answer's body. */
    public val body: OutcomeBody,
) : Closeable {
    /** Whether the operation succeeded. */
    public val isSuccess: Boolean get() = status in 200..299

    override fun close() {
        body.close()
    }
}

/** The body of an answer, read in one way and once. */
public interface OutcomeBody : Closeable {
    /** The whole body. */
    public suspend fun bytes(): ByteArray

    /** The body in pieces as they arrive. Leaving the flow early leaves the body open: [close] it. */
    public fun chunks(): Flow<ByteArray>

    /** The body as server-sent events. Leaving the flow early leaves the body open: [close] it. */
    public fun events(): Flow<ServerSentEvent>

    /** Called when nothing more is wanted: takes the little that may follow, so that the connection can serve again. */
    public suspend fun finish() {}
}

/**
 * Carries out operations: over HTTP, gRPC, or in the same process.
 *
 * Retries, deadlines, hooks and idempotency keys are above it; the wire is below. A transport throws
 * [APIConnectionException] when the server is not reached, and answers with an [Outcome] for every status.
 */
public interface Transport : Closeable {
    /** Makes one try of [call]. Cancelling the coroutine drops it on the wire too. */
    public suspend fun execute(call: Call): Outcome
}

/** Watches or changes traffic: called around every try. */
public fun interface Interceptor {
    /** Answers [call], usually by passing it (or a changed one) to [next]. */
    public suspend fun intercept(
        call: Call,
        next: suspend (Call) -> Outcome,
    ): Outcome
}

/** Gives a key or token; asked before every try. */
public fun interface TokenProvider {
    /** The token to send now. */
    public suspend fun token(): String
}

package ai.polyport.core

import kotlinx.coroutines.withContext
import java.util.concurrent.atomic.AtomicReference
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/** The result of a call together with the answer's status and headers. */
public class RawResponse<T> internal constructor(
    public val status: Int,
    public val headers: Headers,
    /** What the call itself gave. */
    public val value: T,
) {
    /** The server's id of the request, or null. */
    public val requestId: String? get() = headers[REQUEST_ID]

    override fun toString(): String = "RawResponse(status=$status)"
}

/** Travels with the coroutine and keeps the last answer that a call in it got. */
internal class ResponseCapture : AbstractCoroutineContextElement(ResponseCapture) {
    private val last = AtomicReference<Outcome?>()

    val outcome: Outcome? get() = last.get()

    fun record(outcome: Outcome) {
        last.set(outcome)
    }

    companion object Key : CoroutineContext.Key<ResponseCapture>
}

/** Runs [block] and gives its result with the status and headers of the last answer that it got. */
internal suspend fun <T> capturingResponse(block: suspend () -> T): RawResponse<T> {
    val capture = ResponseCapture()
    val value = withContext(capture) { block() }
    val outcome = checkNotNull(capture.outcome) { "the block made no call" }
    return RawResponse(outcome.status, outcome.headers, value)
}

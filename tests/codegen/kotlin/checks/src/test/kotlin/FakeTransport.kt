import ai.polyport.core.Call
import ai.polyport.core.Headers
import ai.polyport.core.Outcome
import ai.polyport.core.OutcomeBody
import ai.polyport.core.ServerSentEvent
import ai.polyport.core.Transport
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.flowOf
import kotlin.time.Duration.Companion.milliseconds

/** Answers in this process, as an on-device runner would, and keeps the calls that it got. */
class FakeTransport(
    private vararg val answers: Answer,
) : Transport {
    val calls = ArrayList<Call>()

    override suspend fun execute(call: Call): Outcome {
        val answer = answers[minOf(calls.size, answers.size - 1)]
        calls += call
        return Outcome(answer.status, Headers.of(answer.headers.toList()), answer.retryAfterMillis?.milliseconds, Body(answer))
    }

    override fun close() {
        calls.clear()
    }

    class Answer(
        val text: String = "",
        val status: Int = 200,
        val headers: Map<String, String> = emptyMap(),
        val events: List<String> = emptyList(),
        val retryAfterMillis: Int? = null,
    )

    private class Body(
        private val answer: Answer,
    ) : OutcomeBody {
        override suspend fun bytes(): ByteArray = answer.text.toByteArray()

        override fun chunks(): Flow<ByteArray> = flowOf(answer.text.toByteArray())

        override fun events(): Flow<ServerSentEvent> = answer.events.map { ServerSentEvent(null, it) }.asFlow()

        override fun close() = Unit
    }
}

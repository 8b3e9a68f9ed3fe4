package polyport.runtime

import org.junit.jupiter.api.Test
import java.time.Instant
import kotlin.random.Random
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

internal class RetryTest {
    private fun status(
        code: Int,
        wait: Duration? = null,
    ) = StatusFailure("GET", "/x", code, Headers.EMPTY, ByteArray(0), wait).toException()

    private fun delay(
        attempt: Int,
        failure: APIException = APIConnectionException("x"),
    ) = retryDelay(attempt, failure, 500.milliseconds, 8.seconds, Random(1))

    @Test
    fun `what may pass is tried again`() {
        for (code in listOf(408, 409, 429, 500, 503, 599)) assertTrue(isRetryable(status(code)), "$code")
        for (code in listOf(300, 400, 401, 403, 404, 422)) assertFalse(isRetryable(status(code)), "$code")
        assertTrue(isRetryable(APITimeoutException("late")))
        assertFalse(isRetryable(APIDecodingException("odd")))
        assertFalse(isRetryable(APIStreamException("cut")))
    }

    @Test
    fun `delays double up to the longest less a quarter`() {
        for ((attempt, full) in listOf(0 to 500, 1 to 1000, 2 to 2000, 3 to 4000, 4 to 8000, 5 to 8000, 1000 to 8000)) {
            val found = delay(attempt)
            assertTrue(found <= full.milliseconds && found >= (full * 0.75).milliseconds, "$attempt: $found")
        }
    }

    @Test
    fun `the server's wish is obeyed up to a minute`() {
        assertEquals(3.seconds, delay(0, status(429, 3.seconds)))
        assertEquals(60.seconds, delay(0, status(429, 60.seconds)))
        assertTrue(delay(0, status(429, 61.seconds)) < 1.seconds)
    }

    @Test
    fun `retry-after is milliseconds, seconds or a date`() {
        val now = Instant.parse("2026-01-02T03:04:05Z")

        fun read(vararg headers: Pair<String, String>) = retryAfter(Headers.of(*headers), now)
        assertEquals(1500.milliseconds, read("Retry-After-Ms" to "1500", "Retry-After" to "9"))
        assertEquals(2.5.seconds, read("retry-after" to "2.5"))
        assertEquals(10.seconds, read("Retry-After" to "Fri, 02 Jan 2026 03:04:15 GMT"))
        assertEquals(Duration.ZERO, read("Retry-After" to "Fri, 02 Jan 2026 03:04:00 GMT"))
        for (odd in listOf("soon", "-1", "NaN", "")) assertNull(read("Retry-After" to odd), odd)
        assertNull(read())
    }
}

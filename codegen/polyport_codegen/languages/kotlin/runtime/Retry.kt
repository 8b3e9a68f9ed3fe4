package polyport.runtime

import java.time.DateTimeException
import java.time.Instant
import java.time.ZonedDateTime
import java.time.format.DateTimeFormatter
import kotlin.random.Random
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

private val LONGEST_OBEYED = 60.seconds

/** Whether another try may help: 408, 409, 429, 500 and above, unless `X-Should-Retry` says it, and a connection that failed. */
internal fun isRetryable(failure: APIException): Boolean =
    when (failure) {
        is APIStatusException -> {
            val byStatus = failure.status == 408 || failure.status == 409 || failure.status == 429 || failure.status >= 500
            when (failure.headers["x-should-retry"]) {
                "true" -> true
                "false" -> false
                else -> byStatus
            }
        }

        is APIConnectionException -> {
            true
        }

        else -> {
            false
        }
    }

/**
 * How long to wait before try number [attempt] + 1 (from 0): what the server asks for if that is at most a minute, else
 * [initial] doubling up to [longest], less up to a quarter so that clients do not come back in step.
 */
internal fun retryDelay(
    attempt: Int,
    failure: APIException,
    initial: Duration,
    longest: Duration,
    random: Random = Random.Default,
): Duration {
    val asked = (failure as? APIStatusException)?.retryAfter
    if (asked != null && asked <= LONGEST_OBEYED) return asked
    val delay = minOf(initial * (1 shl minOf(attempt, 20)), longest)
    return delay * (1 - 0.25 * random.nextDouble())
}

/** The wait that `Retry-After-Ms` or `Retry-After` (seconds or an HTTP date, RFC 9110 section 10.2.3) asks for, or null. */
internal fun retryAfter(
    headers: Headers,
    now: Instant = Instant.now(),
): Duration? {
    headers["retry-after-ms"]?.let(::number)?.let { return it.milliseconds }
    val value = headers["retry-after"]?.trim() ?: return null
    number(value)?.let { return it.seconds }
    return try {
        val date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
        maxOf(0, date.toEpochMilli() - now.toEpochMilli()).milliseconds
    } catch (_: DateTimeException) {
        null
    }
}

private val NUMBER = Regex("[0-9]+(\\.[0-9]+)?")

private fun number(text: String): Double? = text.trim().takeIf(NUMBER::matches)?.toDouble()?.takeIf { it.isFinite() }

package ai.polyport.core

import java.util.logging.Level
import java.util.logging.Logger

/** Writes what the client does to the logger named after its package; secrets are never shown. */
internal class CallLog(
    name: String,
    private val level: LogLevel,
) {
    private val logger: Logger = Logger.getLogger(name)

    /** One line for each answer or failure. */
    fun info(message: () -> String) {
        if (level != LogLevel.OFF) logger.log(Level.INFO, message)
    }

    /** Details; a level that the default console shows, since whoever asked for them wants to see them. */
    fun debug(message: () -> String) {
        if (level == LogLevel.DEBUG) logger.log(Level.INFO, message)
    }
}

/** What says of a header or a query member that it holds a secret. */
private const val SECRET = "key|token|secret|password|credential|authorization|cookie"
private val SECRET_NAME = Regex(SECRET, RegexOption.IGNORE_CASE)
private val SECRET_QUERY = Regex("([?&][^=&#]*(?:$SECRET)[^=&#]*=)[^&#]*", RegexOption.IGNORE_CASE)

/** Whether a header may hold a secret: it is one of [secret], which are in lower case, or its name says so. */
internal fun isSecret(
    name: String,
    secret: Set<String>,
): Boolean = !name.equals("idempotency-key", ignoreCase = true) && (name.lowercase() in secret || SECRET_NAME.containsMatchIn(name))

/** A URL without its user and the values of query members whose names tell of secrets. */
internal fun shownUrl(url: String): String = SECRET_QUERY.replace(Regex("//[^/?#@]*@").replaceFirst(url, "//***@"), "$1***")

/** Headers as text for a log: `{a: b, authorization: ***}`. */
internal fun redacted(
    headers: Headers,
    secret: Set<String>,
): String =
    headers.joinToString(", ", "{", "}") { (name, value) ->
        "$name: ${if (isSecret(name, secret)) "***" else value}"
    }

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

/** Headers as text for a log: `{a: b, authorization: ***}`. */
internal fun redacted(
    headers: Headers,
    secret: Set<String>,
): String =
    headers.joinToString(", ", "{", "}") { (name, value) ->
        "$name: ${if (name.lowercase() in secret) "***" else value}"
    }

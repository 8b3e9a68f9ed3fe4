package ai.polyport.core

import java.util.Base64

/** How a credential is shown. */
internal enum class SecurityKind { BEARER, BASIC, HEADER, QUERY, COOKIE }

/**
 * A way to prove who calls.
 *
 * @property name the header, query member or cookie, for those kinds
 * @property env the end of the name of its environment variable
 */
internal class SecurityScheme(
    val kind: SecurityKind,
    val name: String = "",
    val env: String = "API_KEY",
) {
    /** The header that carries it, or null for a query member. */
    val header: String?
        get() =
            when (kind) {
                SecurityKind.QUERY -> null
                SecurityKind.HEADER -> name
                SecurityKind.COOKIE -> "Cookie"
                else -> "Authorization"
            }

    /** A credential as the header has it. */
    fun value(key: String): String =
        when (kind) {
            SecurityKind.BEARER -> "Bearer $key"
            SecurityKind.BASIC -> "Basic " + Base64.getEncoder().encodeToString(key.toByteArray())
            else -> key
        }
}

/** What a client can show: credentials by scheme, and the general key. */
internal class Credentials(
    private val info: ClientInfo,
    private val own: Map<String, TokenProvider>,
    private val key: TokenProvider?,
    /** Nothing is sent, on purpose: a missing credential is no error. */
    private val none: Boolean,
) {
    /**
     * The credentials for a call by scheme, not asked for yet.
     *
     * The first alternative counts whose schemes all have a credential of their own, or are shown by the caller already;
     * else the first with one scheme, for the general key; else one without any.
     */
    fun wanted(
        operation: Operation,
        path: String,
        isShown: (SecurityScheme) -> Boolean,
    ): Map<String, TokenProvider> {
        val schemes = info.securitySchemes
        // An undocumented endpoint may want any scheme, or none.
        val security = if (operation.id.isEmpty()) schemes.keys.map(::listOf) + listOf(emptyList()) else operation.security
        val known = if (key == null) own else schemes.filterValues { it.env == "API_KEY" }.mapValues { key } + own

        fun missing(needs: List<String>) = needs.filter { it !in known && !isShown(schemes.getValue(it)) }
        security.firstOrNull { it.isNotEmpty() && missing(it).isEmpty() }?.let { needs -> return known.filterKeys { it in needs } }
        if (key != null) security.firstOrNull { it.size == 1 }?.let { return mapOf(it.single() to key) }
        if (none || security.isEmpty() || security.any { it.isEmpty() }) return emptyMap()
        // The general key does for the first that asks for a single credential.
        val single = security.firstOrNull { it.size == 1 }
        val ways =
            security.joinToString(", or ") { needs ->
                missing(needs).joinToString(" and ") { id ->
                    val own = "${info.envPrefix}_${schemes.getValue(id).env}"
                    val general = "${info.envPrefix}_API_KEY"
                    val isGeneral = needs === single && own != general
                    "'$id' ($own${if (isGeneral) " or $general" else ""})"
                }
            }
        throw MissingCredentialException(
            "${operation.method} $path: no credential: the call needs $ways; give it to the client or set the environment variable",
        )
    }
}

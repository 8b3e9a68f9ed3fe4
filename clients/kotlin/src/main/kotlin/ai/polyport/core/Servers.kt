package ai.polyport.core

import java.net.URI

/**
 * A part of a server's URL that users may choose.
 *
 * @property env the end of the name of its environment variable
 * @property values all that are allowed; none for any
 */
internal class ServerVariable(
    val env: String,
    val default: String = "",
    val values: List<String> = emptyList(),
) {
    fun allows(value: String): Boolean = values.isEmpty() || value in values
}

/** A documented server: what it is chosen by, and its URL with `{variables}`. */
internal class ServerInfo(
    val name: String,
    val url: String,
    val variables: Map<String, ServerVariable> = emptyMap(),
) {
    val isRelative: Boolean get() = "://" !in url

    /** The URL with these values in it, and defaults where there is none. */
    fun filled(
        values: Map<String, String>,
        envPrefix: String,
    ): String =
        Regex("""\{([^{}]+)\}""").replace(url) { slot ->
            val name = slot.groupValues[1]
            val variable = variables[name]
            if (variable == null) {
                slot.value
            } else {
                val given = values[name]
                val value = given ?: variable.default
                require(value.isNotEmpty() && (given == null || variable.allows(given))) {
                    val allowed = if (variable.values.isEmpty()) "" else " (one of ${variable.values.joinToString()})"
                    val instead = if (value.isEmpty()) "" else ", not '$value'"
                    "the server '$url' needs '$name'$allowed$instead: give it in serverVariables or set ${envPrefix}_${variable.env}"
                }
                value
            }
        }
}

/** What was chosen: the server's name (empty: a base URL was given), and values of variables. */
internal class ServerChoice(
    val name: String = "",
    val values: Map<String, String> = emptyMap(),
)

/**
 * What the API's document tells of servers.
 *
 * @property choices those to choose from, the first one without a choice
 * @property own those of single calls, by what the calls name as theirs
 */
internal class Servers(
    val choices: List<ServerInfo> = emptyList(),
    val own: Map<String, List<ServerInfo>> = emptyMap(),
) {
    /** What counts of the documented servers beside a [baseUrl] that was given, or for a [server] and [variables] without one. */
    fun choose(
        baseUrl: String?,
        server: String?,
        variables: Map<String, String>,
        envPrefix: String,
        environment: (String) -> String?,
    ): ServerChoice {
        require(baseUrl == null || server == null) { "give either baseUrl or serverName, not both" }
        val chosen = if (baseUrl == null) named(server, envPrefix, environment) else null
        val beside = beside(chosen?.name.orEmpty())
        // A base URL stands in for all servers but those that are relative to it.
        val reached = if (baseUrl == null) listOfNotNull(chosen) + beside else beside.filter { it.isRelative }
        for (name in variables.keys) {
            if (reached.any { name in it.variables }) continue
            require(baseUrl == null || (choices + beside).none { name in it.variables }) {
                "give either baseUrl or serverVariables for '$name', not both"
            }
            throw IllegalArgumentException("serverVariables: '$name' is no variable of ${told(reached)}")
        }
        val values = LinkedHashMap<String, String>()
        for (name in reached.flatMap { it.variables.keys }.distinct()) {
            val holders = reached.filter { name in it.variables }
            val source = "${envPrefix}_${holders.first().variables.getValue(name).env}"
            val given = variables[name]?.ifEmpty { null }
            val value = given ?: environment(source)?.ifBlank { null } ?: continue
            val strict = if (holders.first() === chosen) holders.take(1) else holders
            require(strict.any { it.variables.getValue(name).allows(value) }) {
                val allowed = strict.flatMap { it.variables.getValue(name).values }.distinct().joinToString()
                val what = if (given == null) source else "serverVariables: $name"
                "$what must be one of $allowed in '${strict.first().url}', not '$value'"
            }
            values[name] = value
        }
        return ServerChoice(chosen?.name.orEmpty(), values)
    }

    /** The URL of the chosen server; null where there is nothing to choose. */
    fun url(
        choice: ServerChoice,
        envPrefix: String,
    ): String? = choices.firstOrNull { it.name == choice.name }?.filled(choice.values, envPrefix)

    /** The URL of a call's own server: of several the one with the chosen name, else the first. */
    fun own(
        key: String,
        choice: ServerChoice,
        envPrefix: String,
    ): String = own[key]?.let { of(it, choice.name).filled(choice.values, envPrefix) } ?: key

    private fun named(
        server: String?,
        envPrefix: String,
        environment: (String) -> String?,
    ): ServerInfo? {
        val variable = "${envPrefix}_SERVER"
        val wanted = server ?: if (choices.isEmpty()) null else environment(variable)?.ifBlank { null }
        if (wanted == null) return choices.firstOrNull()
        return requireNotNull(choices.firstOrNull { it.name == wanted }) {
            val known = choices.joinToString { "'${it.name}'" }.ifEmpty { "none to choose" }
            "${if (server == null) variable else "serverName"}: '$wanted' is no server of the API; it has $known"
        }
    }

    private fun of(
        listed: List<ServerInfo>,
        name: String,
    ): ServerInfo = listed.firstOrNull { it.name == name } ?: listed.first()

    /** The servers of single calls that count beside the one with this name. */
    private fun beside(name: String): List<ServerInfo> = own.values.map { of(it, name) }

    private fun told(reached: List<ServerInfo>): String =
        reached
            .filter { it.variables.isNotEmpty() }
            .map { "'${it.url}' (it has ${it.variables.keys.joinToString()})" }
            .distinct()
            .joinToString(", or of ")
            .ifEmpty { "the API's servers; they have none" }
}

/** A server that is relative to the base URL, as a folder (RFC 3986, section 5.2); the query of that stays. */
internal fun besideBase(
    baseUrl: String,
    server: String,
): String {
    val folder = URI(baseUrl.substringBefore('?').trimEnd('/') + "/")
    return folder.resolve(server).toString().trimEnd('/') + queryOf(baseUrl)
}

/** A path behind the base URL, whose own query stays behind it. */
internal fun behindBase(
    baseUrl: String,
    path: String,
): String = baseUrl.substringBefore('?').trimEnd('/') + "/" + path.trimStart('/') + queryOf(baseUrl)

private fun queryOf(url: String): String = if ('?' in url) "?" + url.substringAfter('?') else ""

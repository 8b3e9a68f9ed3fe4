package polyport.runtime

/** HTTP headers: names without regard to case, several values to a name, in order. Immutable. */
public class Headers private constructor(
    private val entries: List<Pair<String, String>>,
) : Iterable<Pair<String, String>> {
    /** The last value of [name], or null. */
    public operator fun get(name: String): String? = entries.lastOrNull { it.first.equals(name, ignoreCase = true) }?.second

    /** Every value of [name], in order. */
    public fun values(name: String): List<String> = entries.filter { it.first.equals(name, ignoreCase = true) }.map { it.second }

    public operator fun contains(name: String): Boolean = entries.any { it.first.equals(name, ignoreCase = true) }

    override fun iterator(): Iterator<Pair<String, String>> = entries.iterator()

    /** These headers with [name] set to the one [value]; null removes it. */
    public fun with(
        name: String,
        value: String?,
    ): Headers {
        val others = entries.filterNot { it.first.equals(name, ignoreCase = true) }
        return Headers(if (value == null) others else others + (name to value))
    }

    /** These headers, overridden by [others]; a null value removes the header. */
    public fun with(others: Map<String, String?>): Headers =
        others.entries.fold(this) { headers, (name, value) -> headers.with(name, value) }

    override fun equals(other: Any?): Boolean = other is Headers && other.entries == entries

    override fun hashCode(): Int = entries.hashCode()

    /** Names only, since values may be secrets. */
    override fun toString(): String = "Headers" + entries.map { it.first }

    public companion object {
        /** No headers. */
        @JvmField
        public val EMPTY: Headers = Headers(emptyList())

        /** Headers from name and value pairs. */
        @JvmStatic
        public fun of(entries: Iterable<Pair<String, String>>): Headers = Headers(entries.toList())

        /** Headers from name and value pairs. */
        @JvmStatic
        public fun of(vararg entries: Pair<String, String>): Headers = Headers(entries.toList())
    }
}

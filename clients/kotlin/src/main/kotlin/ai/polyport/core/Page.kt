package ai.polyport.core

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** What an answer says of further pages when there are none, beside null. */
private val NO_MORE = setOf("false", "")

/** How the next page is asked for. */
internal enum class PageStyle { CURSOR, PAGE, OFFSET, LINK, SINGLE }

/** Where the pages of a list keep what is needed to walk them; paths are member names from the answer's root. */
internal class PagePlan(
    val style: PageStyle,
    val items: List<String>,
    val requestMember: String = "",
    val nextCursor: List<String> = emptyList(),
    /** LINK: where the answer links to the next page; empty when its `Link` header does. */
    val nextLink: List<String> = emptyList(),
    val cursorField: String = "",
    val hasMore: List<String> = emptyList(),
    val first: Long = 1,
    val totalPages: List<String> = emptyList(),
    val limitMember: String = "",
)

/** How a page is asked for: by arguments, or by the last of the links that led from one page to the next. */
internal class PageRequest(
    val arguments: Arguments,
    val links: List<String> = emptyList(),
    /** The cursors of the pages before it, where pages have cursors. */
    val cursors: List<JsonElement?> = emptyList(),
)

/** One page of a list. */
public class Page<T, B : Any> internal constructor(
    /** The whole answer that the page came in. */
    public val body: B,
    private val document: JsonElement,
    private val plan: PagePlan,
    item: Codec<T>,
    private val request: PageRequest,
    /** The page's own URL, and its `Link` header. */
    private val url: String,
    private val linkHeader: String?,
    private val fetch: suspend (PageRequest) -> Page<T, B>,
) {
    private val arguments: Arguments = request.arguments
    private val elements: JsonElement? = at(plan.items)

    /** The items of this page. */
    public val data: List<T> by lazy(LazyThreadSafetyMode.PUBLICATION) {
        if (elements == null || elements is JsonNull) emptyList() else ListCodec(item).decodeNamed(elements, plan.items.joinToString("."))
    }

    /** Whether the server has more. */
    public fun hasNextPage(): Boolean = nextArgument() != null || link() != null

    /**
     * Asks for the next page; throws [NoSuchElementException] when there is none, and [APIDecodingException] when the answer
     * leads to a page that was there before, or its link to another origin.
     */
    public suspend fun nextPage(): Page<T, B> {
        nextArgument()?.let { next ->
            val cursors = request.cursors + arguments.parameter(Location.QUERY, plan.requestMember)
            if (plan.style == PageStyle.CURSOR && next in cursors) {
                val what = "the cursor of the next page was there before: the pages go round in a circle"
                throw APIDecodingException("GET ${pathOf(url)}: $what: ${next.content}", rawBody = next.content.toByteArray())
            }
            return fetch(PageRequest(arguments.copy().also { it.set(Location.QUERY, plan.requestMember, next) }, cursors = cursors))
        }
        val link = link() ?: throw NoSuchElementException("this is the last page")
        return fetch(PageRequest(arguments, request.links + linkedUrl(link, url, request.links)))
    }

    /** What links to the next page, or null when nothing does. */
    private fun link(): JsonElement? {
        if (plan.style != PageStyle.LINK) return null
        val found = if (plan.nextLink.isEmpty()) nextLink(linkHeader)?.let(::JsonPrimitive) else at(plan.nextLink)
        return found?.takeIf { it !is JsonNull && (it as? JsonPrimitive)?.content != "" }
    }

    /** The pages from this one on, each asked for when the one before it has been taken. */
    public fun pages(): Flow<Page<T, B>> =
        flow {
            var page = this@Page
            emit(page)
            while (page.hasNextPage()) {
                page = page.nextPage()
                emit(page)
            }
        }

    /** The items of this page and of all that follow. */
    public fun items(): Flow<T> =
        flow {
            pages().collect { page -> page.data.forEach { emit(it) } }
        }

    override fun toString(): String = "Page(${(elements as? JsonArray)?.size ?: 0} items)"

    private fun at(path: List<String>): JsonElement? =
        path.fold(document as JsonElement?) { element, name -> (element as? JsonObject)?.get(name) }

    private fun nextArgument(): JsonPrimitive? {
        val items = elements as? JsonArray ?: JsonArray(emptyList())
        if (items.isEmpty() && plan.style != PageStyle.CURSOR) return null
        val more = if (plan.hasMore.isNotEmpty()) at(plan.hasMore) else null
        if (more is JsonNull || (more as? JsonPrimitive)?.content in NO_MORE) return null
        val asked = arguments.parameter(Location.QUERY, plan.requestMember) as? JsonPrimitive
        return when (plan.style) {
            PageStyle.SINGLE, PageStyle.LINK -> {
                null
            }

            PageStyle.CURSOR -> {
                cursor(items)
            }

            PageStyle.PAGE -> {
                val page = asked?.content?.toLongOrNull() ?: plan.first
                val total = number(plan.totalPages)
                val last = if (total != null) page - plan.first + 1 >= total else more == null && shorterThanAsked(items)
                if (last) null else JsonPrimitive(page + 1)
            }

            PageStyle.OFFSET -> {
                val offset = (asked?.content?.toLongOrNull() ?: 0) + items.size
                if (more == null && shorterThanAsked(items)) null else JsonPrimitive(offset)
            }
        }
    }

    private fun cursor(items: JsonArray): JsonPrimitive? {
        val found =
            if (plan.nextCursor.isNotEmpty()) {
                at(plan.nextCursor)
            } else {
                (items.lastOrNull() as? JsonObject)?.get(plan.cursorField)
            }
        return (found as? JsonPrimitive)?.takeIf { it !is JsonNull && it.content.isNotEmpty() }
    }

    private fun number(path: List<String>): Long? = if (path.isEmpty()) null else (at(path) as? JsonPrimitive)?.content?.toLongOrNull()

    private fun shorterThanAsked(items: JsonArray): Boolean {
        if (plan.limitMember.isEmpty()) return false
        val limit = (arguments.parameter(Location.QUERY, plan.limitMember) as? JsonPrimitive)?.content?.toLongOrNull()
        return limit != null && items.size < limit
    }
}

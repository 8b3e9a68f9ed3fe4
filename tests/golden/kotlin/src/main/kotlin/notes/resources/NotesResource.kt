package notes.resources

import notes.core.ApiClient
import notes.core.Arguments
import notes.core.BodyKind
import notes.core.BodySpec
import notes.core.BooleanCodec
import notes.core.CallOptions
import notes.core.EventFlow
import notes.core.Location
import notes.core.Operation
import notes.core.Page
import notes.core.PagePlan
import notes.core.PageStyle
import notes.core.Parameter
import notes.core.Style
import notes.models.Block
import notes.models.Content
import notes.models.Note
import notes.models.NoteList

/** The calls under `notes`. */
public class NotesResource internal constructor(
    private val client: ApiClient,
) {
    /** The calls under `notes.picture`. */
    public val picture: NotesPictureResource = NotesPictureResource(client)

    /**
     * List notes
     *
     * ```kotlin
     * client.notes.list()
     * ```
     */
    @JvmOverloads
    public suspend fun list(
        options: CallOptions? = null,
        block: NotesListParams.() -> Unit = {},
    ): Page<Note, NoteList> {
        val sent = Arguments()
        NotesListParams(sent).block()
        return client.page(
            listOperation(),
            sent,
            options,
            NoteList,
            Note,
            PagePlan(
                PageStyle.CURSOR,
                listOf("data"),
                requestMember = "after",
                limitMember = "limit",
                nextCursor = listOf("last_id"),
                hasMore = listOf("has_more"),
            ),
        )
    }

    /**
     * Write a note
     *
     * Or, with `stream`, watch it being written. *&#47; ends no comment.
     *
     * ```kotlin
     * client.notes.create(content = "content")
     * ```
     *
     * @param content Text, or blocks.
     */
    @JvmOverloads
    public suspend fun create(
        content: Content,
        options: CallOptions? = null,
        block: NotesCreateParams.() -> Unit = {},
    ): Note {
        val sent = Arguments()
        sent.put("content", Content, content)
        NotesCreateParams(sent).block()
        return client.call(createOperation(), sent, options, Note)
    }

    /**
     * Write a note
     *
     * Or, with `stream`, watch it being written. *&#47; ends no comment.
     *
     * ```kotlin
     * client.notes.create(content = "content")
     * ```
     *
     * @param content Text, or blocks.
     */
    @JvmOverloads
    public suspend fun create(
        content: String,
        options: CallOptions? = null,
        block: NotesCreateParams.() -> Unit = {},
    ): Note =
        create(Content.of(content), options, block)

    /**
     * Write a note
     *
     * Or, with `stream`, watch it being written. *&#47; ends no comment.
     *
     * The flow makes the call when it is collected, each time anew.
     *
     * ```kotlin
     * client.notes.createStreaming(content = "content").collect { println(it) }
     * ```
     *
     * @param content Text, or blocks.
     */
    @JvmOverloads
    public fun createStreaming(
        content: Content,
        options: CallOptions? = null,
        block: NotesCreateParams.() -> Unit = {},
    ): EventFlow<Block> {
        val sent = Arguments()
        sent.put("content", Content, content)
        sent.put("stream", BooleanCodec, true)
        NotesCreateParams(sent).block()
        return client.events(createOperation().streaming("text/event-stream", "[DONE]"), sent, options, Block)
    }

    /**
     * Write a note
     *
     * Or, with `stream`, watch it being written. *&#47; ends no comment.
     *
     * The flow makes the call when it is collected, each time anew.
     *
     * ```kotlin
     * client.notes.createStreaming(content = "content").collect { println(it) }
     * ```
     *
     * @param content Text, or blocks.
     */
    @JvmOverloads
    public fun createStreaming(
        content: String,
        options: CallOptions? = null,
        block: NotesCreateParams.() -> Unit = {},
    ): EventFlow<Block> =
        createStreaming(Content.of(content), options, block)

    private fun listOperation(): Operation =
        Operation(
            id = "listNotes",
            method = "GET",
            path = "/notes",
            parameters = listOf(
                Parameter(Location.QUERY, "after", Style.FORM, true),
                Parameter(Location.QUERY, "limit", Style.FORM, true),
            ),
            security = listOf(listOf("key")),
        )

    private fun createOperation(): Operation =
        Operation(
            id = "createNote",
            method = "POST",
            path = "/notes",
            body = BodySpec(BodyKind.JSON, "application/json", true),
            security = listOf(listOf("key")),
        )
}

package notes.resources

import notes.core.ApiClient
import notes.core.Arguments
import notes.core.BodyKind
import notes.core.BodySpec
import notes.core.CallOptions
import notes.core.Location
import notes.core.Operation
import notes.core.Parameter
import notes.core.StringCodec
import notes.core.Style
import notes.core.Upload

/** The calls under `notes.picture`. */
public class NotesPictureResource internal constructor(
    private val client: ApiClient,
) {
    /**
     * `PUT /notes/{id}/picture`
     *
     * ```kotlin
     * client.notes.picture.update(id = "id", file = Upload.of(File("path/to/file")))
     * ```
     */
    @Deprecated("Deprecated by the API.")
    @JvmOverloads
    public suspend fun update(
        id: String,
        file: Upload,
        options: CallOptions? = null,
        block: NotesPictureUpdateParams.() -> Unit = {},
    ) {
        val sent = Arguments()
        sent.put(Location.PATH, "id", StringCodec, id)
        sent.files["file"] = listOf(file)
        NotesPictureUpdateParams(sent).block()
        client.send(updateOperation(), sent, options)
    }

    private fun updateOperation(): Operation =
        Operation(
            id = "attachPicture",
            method = "PUT",
            path = "/notes/{id}/picture",
            parameters = listOf(Parameter(Location.PATH, "id", Style.SIMPLE, false)),
            body = BodySpec(
                BodyKind.MULTIPART,
                "multipart/form-data",
                true,
                members = listOf("file", "caption"),
            ),
            security = listOf(listOf("key")),
        )
}

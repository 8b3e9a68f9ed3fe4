package polyport.runtime

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import java.util.Base64

/** The arguments of a vector, by wire name, typed by the SDK's own codecs. */
internal class VectorInput(
    private val arguments: JsonObject,
) {
    private val body: JsonElement? = arguments["body"]

    val hasBody: Boolean get() = body != null

    private fun at(
        location: Location,
        name: String,
    ): JsonElement? = (arguments[location.name.lowercase()] as? JsonObject)?.get(name)

    fun has(
        location: Location,
        name: String,
    ): Boolean = at(location, name) != null

    fun hasMember(name: String): Boolean = (body as? JsonObject)?.containsKey(name) == true

    fun <T> parameter(
        location: Location,
        name: String,
        codec: Codec<T>,
    ): T = codec.decode(requireNotNull(at(location, name)) { "the vector has no $location $name" })

    fun <T> member(
        name: String,
        codec: Codec<T>,
    ): T = codec.decode(element(name))

    fun <T : Any> memberOrNull(
        name: String,
        codec: Codec<T>,
    ): T? = element(name).let { if (it is JsonNull) null else codec.decode(it) }

    /** The body's members that are not in [known]. */
    fun extras(known: Set<String>): Map<String, JsonElement> = (body as? JsonObject).orEmpty().filterKeys { it !in known }

    fun <T> whole(codec: Codec<T>): T = codec.decode(requireNotNull(body) { "the vector has no body" })

    fun upload(): Upload = upload(requireNotNull(body) { "the vector has no body" })

    fun file(name: String): Upload = upload(element(name))

    /** Several files, or one where the API takes either. */
    fun files(name: String): List<Upload> = element(name).let { (it as? JsonArray)?.map(::upload) ?: listOf(upload(it)) }

    private fun element(name: String): JsonElement = requireNotNull((body as? JsonObject)?.get(name)) { "the vector has no member $name" }

    private fun upload(element: JsonElement): Upload {
        val file = element as JsonObject
        val text = file["text"].stringOrNull()
        val bytes = text?.toByteArray() ?: Base64.getDecoder().decode(file["base64"].stringOrNull().orEmpty())
        return Upload.of(bytes, file["filename"].stringOrNull(), file["content_type"].stringOrNull())
    }
}

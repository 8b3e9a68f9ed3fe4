package ai.polyport.core

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import okhttp3.MediaType
import okhttp3.MediaType.Companion.toMediaTypeOrNull
import okhttp3.MultipartBody
import okhttp3.RequestBody
import okhttp3.RequestBody.Companion.toRequestBody
import okio.BufferedSink
import java.net.URLDecoder

/** The body of an HTTP request, or null when the method has none. */
internal fun requestBody(
    operation: Operation,
    arguments: Arguments,
): RequestBody? {
    val spec = operation.body
    return when {
        operation.method == "GET" || operation.method == "HEAD" -> {
            null
        }

        spec == null || isAbsent(spec, arguments) -> {
            if (operation.method == "DELETE") null else ByteArray(0).toRequestBody()
        }

        else -> {
            when (spec.kind) {
                BodyKind.JSON -> {
                    bytes((arguments.body ?: JsonObject(emptyMap())).toString(), spec.contentType)
                }

                BodyKind.TEXT -> {
                    bytes((arguments.body as? JsonPrimitive)?.content.orEmpty(), spec.contentType)
                }

                BodyKind.LINES -> {
                    bytes((arguments.body as? JsonArray).orEmpty().joinToString("") { "$it\n" }, spec.contentType)
                }

                BodyKind.BINARY -> {
                    arguments.content?.let { uploadBody(it, spec.contentType) } ?: ByteArray(0).toRequestBody()
                }

                BodyKind.FORM -> {
                    bytes(formText(spec, members(arguments)), spec.contentType)
                }

                BodyKind.MULTIPART -> {
                    multipart(spec, arguments)
                }
            }
        }
    }
}

private fun isAbsent(
    spec: BodySpec,
    arguments: Arguments,
): Boolean = !spec.required && arguments.body == null && arguments.content == null && arguments.uploads.isEmpty()

/** Bytes, so that OkHttp adds no charset to the media type. */
private fun bytes(
    text: String,
    contentType: String,
): RequestBody = text.toByteArray().toRequestBody(contentType.toMediaTypeOrNull())

private fun members(arguments: Arguments): Map<String, JsonElement> = (arguments.whole as? JsonObject) ?: arguments.members

private fun formText(
    spec: BodySpec,
    members: Map<String, JsonElement>,
): String =
    members.entries
        .flatMap { (name, value) ->
            val encoding = spec.encodings[name]
            val parameter =
                when {
                    // A style is said.
                    encoding != null && encoding.contentType == null -> {
                        Parameter(Location.QUERY, name, encoding.style, encoding.explode)
                    }

                    isJson(encoding?.contentType) || value is JsonObject -> {
                        Parameter(Location.QUERY, name, Style.JSON, false)
                    }

                    else -> {
                        Parameter(Location.QUERY, name, Style.FORM, true)
                    }
                }
            if (value is JsonNull) emptyList() else formPairs(parameter, value)
        }.joinToString("&") { "${it.first}=${it.second}" }
        .replace("%20", "+")

private fun isJson(contentType: String?): Boolean = contentType?.endsWith("json") == true

private fun multipart(
    spec: BodySpec,
    arguments: Arguments,
): RequestBody {
    val builder = MultipartBody.Builder().setType(MultipartBody.FORM)
    val members = members(arguments)
    val names = LinkedHashSet(spec.members) + members.keys + arguments.uploads.keys
    var parts = 0
    for (name in names) {
        val encoding = spec.encodings[name]
        val contentType = encoding?.contentType
        val value = members[name]
        if (value != null && encoding != null && contentType == null) {
            val pairs =
                if (value is JsonNull) {
                    emptyList()
                } else {
                    formPairs(
                        Parameter(Location.QUERY, name, encoding.style, encoding.explode),
                        value,
                    )
                }
            for ((key, text) in pairs) builder.addFormDataPart(decoded(key), decoded(text))
            parts += pairs.size
            continue
        }
        val values = ((value as? JsonArray) ?: listOfNotNull(value)).filter { it !is JsonNull }
        for (part in values) builder.addFormDataPart(name, null, memberBody(part, contentType))
        val uploads = arguments.uploads[name].orEmpty()
        for (upload in uploads) {
            val filename = upload.filename ?: name
            val single = contentType?.takeIf { type -> type.none { it == ',' || it == '*' } }
            builder.addFormDataPart(name, filename, uploadBody(upload, single ?: typeOfName(filename)))
        }
        parts += values.size + uploads.size
    }
    // OkHttp refuses a body without parts; it still has its final boundary.
    return if (parts == 0) bytes("--empty--\r\n", "multipart/form-data; boundary=empty") else builder.build()
}

/** Nothing in a form is percent-encoded. */
private fun decoded(text: String): String = URLDecoder.decode(text.replace("+", "%2B"), "UTF-8")

private fun memberBody(
    value: JsonElement,
    contentType: String?,
): RequestBody {
    val scalar = value is JsonPrimitive && value !is JsonNull
    val text = if (scalar && !isJson(contentType)) (value as JsonPrimitive).content else value.toString()
    val type = contentType ?: if (scalar) null else "application/json"
    return text.toByteArray().toRequestBody(type?.toMediaTypeOrNull())
}

private fun uploadBody(
    upload: Upload,
    contentType: String,
): RequestBody =
    object : RequestBody() {
        override fun contentType(): MediaType? = (upload.contentType ?: contentType).toMediaTypeOrNull()

        override fun contentLength(): Long = upload.length

        override fun isOneShot(): Boolean = !upload.repeatable

        override fun writeTo(sink: BufferedSink) {
            upload.writeTo(sink)
        }
    }

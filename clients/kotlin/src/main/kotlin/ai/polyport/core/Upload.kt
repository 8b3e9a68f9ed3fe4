package ai.polyport.core

import okio.BufferedSink
import okio.BufferedSource
import okio.Source
import okio.buffer
import okio.source
import java.io.File
import java.io.InputStream
import java.nio.file.Files
import java.nio.file.Path

/** Bytes to be sent: a file, bytes in memory, or a stream. */
public class Upload private constructor(
    /** The file name that the server is told, or null. */
    public val filename: String?,
    /** The media type, or null for the one that the document or the file's name tells. */
    public val contentType: String?,
    /** The number of bytes, or -1 when it is not known. */
    public val length: Long,
    internal val repeatable: Boolean,
    private val open: () -> Source,
) {
    /** Writes all bytes to [sink]. A stream can be written only once. */
    public fun writeTo(sink: BufferedSink) {
        open().use { sink.writeAll(it) }
    }

    /** All bytes. A stream can be read only once. */
    public fun readBytes(): ByteArray = open().buffer().use { it.readByteArray() }

    /** Neither the bytes nor the name are shown. */
    override fun toString(): String = "Upload(${if (length < 0) "unknown length" else "$length bytes"})"

    public companion object {
        /** A file; it is read when the call is made, on every try again. */
        @JvmStatic
        @JvmOverloads
        public fun of(
            path: Path,
            filename: String? = path.fileName?.toString(),
            contentType: String? = null,
        ): Upload = Upload(filename, contentType, Files.size(path), true) { Files.newInputStream(path).source() }

        /** A file; it is read when the call is made, on every try again. */
        @JvmStatic
        @JvmOverloads
        public fun of(
            file: File,
            filename: String? = file.name,
            contentType: String? = null,
        ): Upload = of(file.toPath(), filename, contentType)

        /** Bytes in memory. */
        @JvmStatic
        @JvmOverloads
        public fun of(
            bytes: ByteArray,
            filename: String? = null,
            contentType: String? = null,
        ): Upload = Upload(filename, contentType, bytes.size.toLong(), true) { bytes.inputStream().source() }

        /** A stream, read once and closed: a call with it is never tried again. */
        @JvmStatic
        @JvmOverloads
        public fun of(
            source: BufferedSource,
            filename: String? = null,
            contentType: String? = null,
            length: Long = -1,
        ): Upload = Upload(filename, contentType, length, false) { source }

        /** A stream, read once and closed: a call with it is never tried again. */
        @JvmStatic
        @JvmOverloads
        public fun of(
            stream: InputStream,
            filename: String? = null,
            contentType: String? = null,
            length: Long = -1,
        ): Upload = Upload(filename, contentType, length, false) { stream.source() }
    }
}

/** The media types of files by the end of their names, the same on every machine. */
private val TYPES =
    mapOf(
        "csv" to "text/csv",
        "docx" to "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "flac" to "audio/flac",
        "gif" to "image/gif",
        "gz" to "application/gzip",
        "heic" to "image/heic",
        "html" to "text/html",
        "jpeg" to "image/jpeg",
        "jpg" to "image/jpeg",
        "json" to "application/json",
        "jsonl" to "application/jsonl",
        "m4a" to "audio/mp4",
        "md" to "text/markdown",
        "mov" to "video/quicktime",
        "mp3" to "audio/mpeg",
        "mp4" to "video/mp4",
        "mpeg" to "video/mpeg",
        "mpga" to "audio/mpeg",
        "oga" to "audio/ogg",
        "ogg" to "audio/ogg",
        "pdf" to "application/pdf",
        "png" to "image/png",
        "pptx" to "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "svg" to "image/svg+xml",
        "tar" to "application/x-tar",
        "txt" to "text/plain",
        "wav" to "audio/wav",
        "webm" to "video/webm",
        "webp" to "image/webp",
        "xlsx" to "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xml" to "application/xml",
        "yaml" to "application/yaml",
        "zip" to "application/zip",
    )

/** The media type that a file's name tells. */
internal fun typeOfName(filename: String): String = TYPES[filename.substringAfterLast('.').lowercase()] ?: "application/octet-stream"

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
    /** The media type, or null for `application/octet-stream`. */
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
        ): Upload =
            Upload(filename, contentType ?: Files.probeContentType(path), Files.size(path), true) { Files.newInputStream(path).source() }

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

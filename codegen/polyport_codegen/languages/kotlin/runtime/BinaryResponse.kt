package polyport.runtime

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.withContext
import java.io.Closeable
import java.io.File
import java.io.OutputStream
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.nio.file.StandardOpenOption
import java.util.UUID

/** A download: its bytes are read when asked for, once. Close it when they are not read to the end. */
public class BinaryResponse internal constructor(
    private val outcome: Outcome,
) : Closeable {
    /** The answer's headers. */
    public val headers: Headers get() = outcome.headers

    /** The media type, or null when the server does not say. */
    public val contentType: String? get() = headers["content-type"]

    /** The number of bytes, or null when the server does not say. */
    public val contentLength: Long? get() = headers["content-length"]?.toLongOrNull()

    /** The bytes in pieces as they arrive; leaving the flow early drops the connection. */
    public fun chunks(): Flow<ByteArray> =
        flow {
            outcome.use { emitAll(it.body.chunks()) }
        }

    /** All bytes, in memory. */
    public suspend fun bytes(): ByteArray = outcome.use { it.body.bytes() }

    /** Writes all bytes to [stream], which stays open; gives their number. */
    public suspend fun writeTo(stream: OutputStream): Long =
        outcome.use {
            var total = 0L
            it.body.chunks().collect { chunk ->
                withContext(Dispatchers.IO) { stream.write(chunk) }
                total += chunk.size
            }
            total
        }

    /** Writes all bytes to a file, which appears only when it is complete; gives their number. */
    public suspend fun writeTo(file: File): Long = writeTo(file.toPath())

    /** Writes all bytes to a file, which appears only when it is complete; gives their number. */
    public suspend fun writeTo(path: Path): Long {
        // Not the system's temporary file, which only its owner may read, wherever it is moved.
        val partial = path.resolveSibling(".${path.fileName}.${UUID.randomUUID()}.part")
        try {
            val total = withContext(Dispatchers.IO) { Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW) }.use { writeTo(it) }
            withContext(Dispatchers.IO) { Files.move(partial, path, StandardCopyOption.REPLACE_EXISTING) }
            return total
        } finally {
            Files.deleteIfExists(partial)
        }
    }

    override fun close() {
        outcome.close()
    }
}

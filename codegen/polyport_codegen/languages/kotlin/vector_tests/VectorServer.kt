package polyport.runtime

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import java.io.Closeable
import java.io.File
import java.net.HttpURLConnection
import java.net.URL
import java.util.concurrent.TimeUnit

/** The server that plays the vectors, as a process of its own. */
internal class VectorServer : Closeable {
    private val process: Process =
        ProcessBuilder("python3", script().path, "--port", "0").redirectError(ProcessBuilder.Redirect.INHERIT).start()

    val url: String =
        process.inputStream
            .bufferedReader()
            .readLine()
            ?.removePrefix("listening on ")
            ?: error("the vector server did not start")

    fun vectors(): List<JsonObject> = (get("/_vectors") as JsonArray).map { it as JsonObject }

    fun report(
        name: String,
        run: String,
    ): JsonObject = get("/_report/$name/$run") as JsonObject

    private fun get(path: String): JsonElement {
        val connection = URL(url + path).openConnection() as HttpURLConnection
        connection.connectTimeout = 5_000
        connection.readTimeout = 20_000
        return parseJson(connection.inputStream.use { it.readBytes().toString(Charsets.UTF_8) })
    }

    override fun close() {
        process.destroy()
        if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly()
    }

    private companion object {
        /** `VECTORS_SERVER`, or `tests/vectors/server.py` in a folder above this one. */
        fun script(): File {
            System.getenv("VECTORS_SERVER")?.let { return File(it) }
            val above = generateSequence(File("").absoluteFile) { it.parentFile }
            return above.map { File(it, "tests/vectors/server.py") }.firstOrNull { it.isFile }
                ?: error("tests/vectors/server.py is in no folder above; set VECTORS_SERVER to its path")
        }
    }
}

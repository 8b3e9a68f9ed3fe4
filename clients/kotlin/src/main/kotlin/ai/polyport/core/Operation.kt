package ai.polyport.core

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject

/** Where a parameter travels (OpenAPI 3.1, Parameter Object). */
public enum class Location { PATH, QUERY, HEADER, COOKIE }

/** How a parameter is written (OpenAPI 3.1, Style Values); [JSON] is its JSON text. */
public enum class Style { SIMPLE, LABEL, MATRIX, FORM, SPACE_DELIMITED, PIPE_DELIMITED, DEEP_OBJECT, JSON }

/** One parameter of an operation, by its wire name. */
public class Parameter internal constructor(
    public val location: Location,
    public val name: String,
    public val style: Style,
    public val explode: Boolean,
    public val allowReserved: Boolean = false,
)

/** How a request body is written; [LINES] is JSON values, one a line. */
public enum class BodyKind { JSON, FORM, MULTIPART, BINARY, TEXT, LINES }

/** How one member of a form or multipart body is written (OpenAPI 3.1, Encoding Object). */
public class MemberEncoding internal constructor(
    public val contentType: String?,
    public val style: Style = Style.FORM,
    public val explode: Boolean = true,
)

/** The request body that an operation takes. */
public class BodySpec internal constructor(
    public val kind: BodyKind,
    public val contentType: String,
    public val required: Boolean,
    public val encodings: Map<String, MemberEncoding> = emptyMap(),
    /** The members in the document's order, which the parts of a multipart body keep. */
    public val members: List<String> = emptyList(),
)

/** What an event of a stream gives: its data as JSON, its data as it is, or an object of all that it has. */
public enum class EventForm { JSON, TEXT, WHOLE }

/** One operation of the API as a transport sees it: everything that does not change from call to call. */
public class Operation internal constructor(
    /** The operation's id in the API's document; empty for an undocumented endpoint. */
    public val id: String,
    /** The HTTP method, in upper case. */
    public val method: String,
    /** The path with its `{parameters}`. */
    public val path: String,
    public val parameters: List<Parameter> = emptyList(),
    public val body: BodySpec? = null,
    /** The media type of the answer that is asked for. */
    public val accept: String = "application/json",
    /** The ids of security schemes: any one of these lists will do, all schemes of it together; an empty one needs none. */
    public val security: List<List<String>> = emptyList(),
    /** The server of this operation alone, perhaps relative to the client's, or null for the client's. */
    public val server: String? = null,
    /** The data that ends the operation's event stream, or null when the end of the body does. */
    public val terminator: String? = null,
    /** What an event of the operation's stream gives. */
    public val event: EventForm = EventForm.JSON,
    /** The names of whole events whose data is text; an empty one for events without a name. */
    public val texts: Set<String> = emptySet(),
) {
    /** The form of this operation whose answer is a stream. */
    internal fun streaming(
        accept: String,
        terminator: String?,
        event: EventForm = EventForm.JSON,
        texts: Set<String> = emptySet(),
    ): Operation = Operation(id, method, path, parameters, body, accept, security, server, terminator, event, texts)
}

/** The arguments of one call by wire name, as JSON: what a transport turns into a request. */
public class Arguments internal constructor() {
    private val values: MutableMap<Pair<Location, String>, JsonElement> = LinkedHashMap()
    internal val members: MutableMap<String, JsonElement> = LinkedHashMap()
    internal val files: MutableMap<String, List<Upload>> = LinkedHashMap()
    internal var whole: JsonElement? = null
    internal var upload: Upload? = null

    /** The argument of a path, query, header or cookie parameter, or null. */
    public fun parameter(
        location: Location,
        name: String,
    ): JsonElement? = values[location to name]

    /** The JSON body, or null when there is none. */
    public val body: JsonElement? get() = whole ?: members.takeIf { it.isNotEmpty() }?.let { JsonObject(it) }

    /** The raw body of an operation that takes bytes, or null. */
    public val content: Upload? get() = upload

    /** The files of a multipart body, by member. */
    public val uploads: Map<String, List<Upload>> get() = files

    internal fun set(
        location: Location,
        name: String,
        value: JsonElement,
    ) {
        values[location to name] = value
    }

    internal fun <T> put(
        location: Location,
        name: String,
        codec: Codec<T>,
        value: T,
    ) {
        val element = codec.encode(value)
        if (element is JsonNull) values.remove(location to name) else values[location to name] = element
    }

    internal fun <T> put(
        member: String,
        codec: Codec<T>,
        value: T,
    ) {
        members[member] = codec.encode(value)
    }

    internal fun clear(
        location: Location,
        name: String,
    ) {
        values.remove(location to name)
    }

    /** Whether the call can be made a second time: one-shot sources cannot. */
    internal val repeatable: Boolean
        get() = upload?.repeatable != false && files.values.all { list -> list.all { it.repeatable } }

    internal fun copy(): Arguments =
        Arguments().also {
            it.values.putAll(values)
            it.members.putAll(members)
            it.files.putAll(files)
            it.whole = whole
            it.upload = upload
        }
}

/** The base of the receivers of a call's trailing block: optional arguments by wire name, encoded as they are set. */
@ApiDsl
public abstract class CallBuilder internal constructor(
    private val arguments: Arguments,
) : ModelBuilder(arguments.members) {
    internal fun <T : Any> readParameter(
        location: Location,
        name: String,
        codec: Codec<T>,
    ): T? = arguments.parameter(location, name)?.let { codec.decodeNamed(it, name) }

    internal fun <T : Any> writeParameter(
        location: Location,
        name: String,
        codec: Codec<T>,
        value: T?,
    ) {
        if (value == null) arguments.clear(location, name) else arguments.put(location, name, codec, value)
    }

    internal fun <T : Any> readWhole(codec: Codec<T>): T? = arguments.whole?.let { codec.decodeNamed(it, "body") }

    internal fun <T : Any> writeWhole(
        codec: Codec<T>,
        value: T?,
    ) {
        arguments.whole = value?.let(codec::encode)
    }

    internal fun readUpload(): Upload? = arguments.upload

    internal fun writeUpload(value: Upload?) {
        arguments.upload = value
    }

    internal fun readFiles(name: String): List<Upload>? = arguments.files[name]

    internal fun readFile(name: String): Upload? = arguments.files[name]?.firstOrNull()

    internal fun writeFiles(
        name: String,
        value: List<Upload>?,
    ) {
        if (value == null) arguments.files.remove(name) else arguments.files[name] = value
    }

    internal fun writeFile(
        name: String,
        value: Upload?,
    ) {
        writeFiles(name, value?.let(::listOf))
    }
}

/** The receiver of the trailing block of a call that has no optional arguments (yet). */
public class EmptyParams internal constructor(
    arguments: Arguments,
) : CallBuilder(arguments)

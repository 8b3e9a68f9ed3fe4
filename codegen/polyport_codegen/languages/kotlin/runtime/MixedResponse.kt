package polyport.runtime

/** An answer that the API gives in several forms; what the server sent decides which one it is. */
public sealed class MixedResponse<out T> {
    /** A JSON answer, decoded. */
    public class Json<out T> internal constructor(
        public val value: T,
    ) : MixedResponse<T>() {
        override fun toString(): String = "Json($value)"
    }

    /** A text. */
    public class Text internal constructor(
        public val text: String,
    ) : MixedResponse<Nothing>() {
        override fun toString(): String = text
    }

    /** A download; close it when it is not read to the end. */
    public class Binary internal constructor(
        public val content: BinaryResponse,
    ) : MixedResponse<Nothing>()
}

/** The forms that one answer may come in. */
internal enum class AnswerForm { JSON, TEXT, BINARY }

/** The form that a content type means; what has none of its own is taken by the first of binary, text and JSON. */
internal fun formOf(
    contentType: String?,
    forms: Set<AnswerForm>,
): AnswerForm {
    val type =
        contentType
            .orEmpty()
            .substringBefore(';')
            .trim()
            .lowercase()
    val meant =
        when {
            type == "application/json" || type.endsWith("+json") || type == "text/json" -> AnswerForm.JSON
            type.startsWith("text/") -> AnswerForm.TEXT
            else -> AnswerForm.BINARY
        }
    return if (meant in forms) meant else listOf(AnswerForm.BINARY, AnswerForm.TEXT, AnswerForm.JSON).first { it in forms }
}

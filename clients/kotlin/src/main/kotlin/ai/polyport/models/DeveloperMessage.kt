package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Instructions of the application's developer, which come before those of the user. */
public class DeveloperMessage internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members),
    ChatMessage {
    /** Always `developer`. */
    public val role: String get() = required("role", StringCodec)

    /** Text, whole or in parts. */
    public val content: TextContent get() = required("content", TextContent)

    /** Tells participants of the same role apart. */
    public val name: String? get() = optional("name", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): DeveloperMessage =
        DeveloperMessage(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [DeveloperMessage] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Text, whole or in parts. */
        public var content: TextContent
            get() = readRequired("content", TextContent)
            set(value) = write("content", TextContent, value)

        /** Sets [content] to a bare string. */
        public fun content(value: String) {
            this.content = TextContent.of(value)
        }

        /** Tells participants of the same role apart. */
        public var name: String?
            get() = read("name", StringCodec)
            set(value) = write("name", StringCodec, value)
    }

    public companion object : ModelCodec<DeveloperMessage>(::DeveloperMessage) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(content: TextContent, block: Builder.() -> Unit = {}): DeveloperMessage {
            val builder = Builder(LinkedHashMap())
            builder.write("role", StringCodec, "developer")
            builder.write("content", TextContent, content)
            return DeveloperMessage(builder.apply(block).finish())
        }

        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(content: String, block: Builder.() -> Unit = {}): DeveloperMessage =
            invoke(TextContent.of(content), block)
    }
}

package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Instructions that hold for the whole conversation. */
public class SystemMessage internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members),
    ChatMessage {
    /** Always `system`. */
    public val role: String get() = required("role", StringCodec)

    /** Text, whole or in parts. */
    public val content: TextContent get() = required("content", TextContent)

    /** Tells participants of the same role apart. */
    public val name: String? get() = optional("name", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): SystemMessage =
        SystemMessage(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [SystemMessage] is made or copied. */
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

    public companion object : ModelCodec<SystemMessage>(::SystemMessage) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(content: TextContent, block: Builder.() -> Unit = {}): SystemMessage {
            val builder = Builder(LinkedHashMap())
            builder.write("role", StringCodec, "system")
            builder.write("content", TextContent, content)
            return SystemMessage(builder.apply(block).finish())
        }

        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(content: String, block: Builder.() -> Unit = {}): SystemMessage =
            invoke(TextContent.of(content), block)
    }
}

package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** What the user says. */
public class UserMessage internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members),
    ChatMessage {
    /** Always `user`. */
    public val role: String get() = required("role", StringCodec)

    /** What the user says. */
    public val content: UserContent get() = required("content", UserContent)

    /** Tells participants of the same role apart. */
    public val name: String? get() = optional("name", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): UserMessage =
        UserMessage(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [UserMessage] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** What the user says. */
        public var content: UserContent
            get() = readRequired("content", UserContent)
            set(value) = write("content", UserContent, value)

        /** Sets [content] to a bare string. */
        public fun content(value: String) {
            this.content = UserContent.of(value)
        }

        /** Tells participants of the same role apart. */
        public var name: String?
            get() = read("name", StringCodec)
            set(value) = write("name", StringCodec, value)
    }

    public companion object : ModelCodec<UserMessage>(::UserMessage) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(content: UserContent, block: Builder.() -> Unit = {}): UserMessage {
            val builder = Builder(LinkedHashMap())
            builder.write("role", StringCodec, "user")
            builder.write("content", UserContent, content)
            return UserMessage(builder.apply(block).finish())
        }

        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(content: String, block: Builder.() -> Unit = {}): UserMessage =
            invoke(UserContent.of(content), block)
    }
}

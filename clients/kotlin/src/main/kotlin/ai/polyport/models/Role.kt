package ai.polyport.models

import ai.polyport.core.Codec
import ai.polyport.core.OpenEnum
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/**
 * Who wrote a message.
 *
 * Other values are values too: `Role(...)`.
 */
@JvmInline
public value class Role(
    override val value: String,
) : OpenEnum<String> {
    override fun toJson(): JsonElement = JsonPrimitive(value)

    override fun toString(): String = value

    public companion object : Codec<Role> {
        /** `developer` */
        public val DEVELOPER: Role = Role("developer")

        /** `system` */
        public val SYSTEM: Role = Role("system")

        /** `user` */
        public val USER: Role = Role("user")

        /** `assistant` */
        public val ASSISTANT: Role = Role("assistant")

        /** `tool` */
        public val TOOL: Role = Role("tool")

        override fun decode(element: JsonElement): Role = Role(StringCodec.decode(element))

        override fun encode(value: Role): JsonElement = value.toJson()
    }
}

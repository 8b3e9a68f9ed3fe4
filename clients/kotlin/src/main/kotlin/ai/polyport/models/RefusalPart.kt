package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A refusal. */
public class RefusalPart internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members),
    AssistantContentPart {
    /** Always `refusal`. */
    public val type: String get() = required("type", StringCodec)

    /** Why the model refused to answer. */
    public val refusal: String get() = required("refusal", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): RefusalPart =
        RefusalPart(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [RefusalPart] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** Why the model refused to answer. */
        public var refusal: String
            get() = readRequired("refusal", StringCodec)
            set(value) = write("refusal", StringCodec, value)
    }

    public companion object : ModelCodec<RefusalPart>(::RefusalPart) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(refusal: String, block: Builder.() -> Unit = {}): RefusalPart {
            val builder = Builder(LinkedHashMap())
            builder.write("type", StringCodec, "refusal")
            builder.write("refusal", StringCodec, refusal)
            return RefusalPart(builder.apply(block).finish())
        }
    }
}

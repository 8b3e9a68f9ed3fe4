package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Calls one given function. */
public class NamedToolChoice internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members),
    ToolChoice {
    /** Always `function`. */
    public val type: String get() = required("type", StringCodec)

    /** A function by its name. */
    public val function: NamedFunction get() = required("function", NamedFunction)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): NamedToolChoice =
        NamedToolChoice(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [NamedToolChoice] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** A function by its name. */
        public var function: NamedFunction
            get() = readRequired("function", NamedFunction)
            set(value) = write("function", NamedFunction, value)
    }

    public companion object : ModelCodec<NamedToolChoice>(::NamedToolChoice) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(function: NamedFunction, block: Builder.() -> Unit = {}): NamedToolChoice {
            val builder = Builder(LinkedHashMap())
            builder.write("type", StringCodec, "function")
            builder.write("function", NamedFunction, function)
            return NamedToolChoice(builder.apply(block).finish())
        }
    }
}

package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A function by its name. */
public class NamedFunction internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The name of the function. */
    public val name: String get() = required("name", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): NamedFunction =
        NamedFunction(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [NamedFunction] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The name of the function. */
        public var name: String
            get() = readRequired("name", StringCodec)
            set(value) = write("name", StringCodec, value)
    }

    public companion object : ModelCodec<NamedFunction>(::NamedFunction) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(name: String, block: Builder.() -> Unit = {}): NamedFunction {
            val builder = Builder(LinkedHashMap())
            builder.write("name", StringCodec, name)
            return NamedFunction(builder.apply(block).finish())
        }
    }
}

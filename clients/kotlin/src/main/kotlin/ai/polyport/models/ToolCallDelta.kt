package ai.polyport.models

import ai.polyport.core.LongCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A piece of a tool call. Pieces with the same `index` belong to the same call. */
public class ToolCallDelta internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The position of the call in the answer. */
    public val index: Long get() = required("index", LongCodec)

    /** Names the call; only in its first piece. */
    public val id: String? get() = optional("id", StringCodec)

    /** Always `function`; only in the first piece. */
    public val type: String? get() = optional("type", StringCodec)

    /** A piece of a function's name or arguments. */
    public val function: FunctionCallDelta? get() = optional("function", FunctionCallDelta)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): ToolCallDelta =
        ToolCallDelta(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [ToolCallDelta] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The position of the call in the answer. */
        public var index: Long
            get() = readRequired("index", LongCodec)
            set(value) = write("index", LongCodec, value)

        /** Names the call; only in its first piece. */
        public var id: String?
            get() = read("id", StringCodec)
            set(value) = writeNullable("id", StringCodec, value)

        /** Always `function`; only in the first piece. */
        public var type: String?
            get() = read("type", StringCodec)
            set(value) = writeNullable("type", StringCodec, value)

        /** A piece of a function's name or arguments. */
        public var function: FunctionCallDelta?
            get() = read("function", FunctionCallDelta)
            set(value) = write("function", FunctionCallDelta, value)
    }

    public companion object : ModelCodec<ToolCallDelta>(::ToolCallDelta) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(index: Long, block: Builder.() -> Unit = {}): ToolCallDelta {
            val builder = Builder(LinkedHashMap())
            builder.write("index", LongCodec, index)
            return ToolCallDelta(builder.apply(block).finish())
        }
    }
}

package notes.models

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import notes.core.BooleanCodec
import notes.core.Model
import notes.core.ModelBuilder
import notes.core.ModelCodec
import notes.core.StringCodec

/** `TaskBlock` of the API. */
public class TaskBlock internal constructor(
    members: JsonObject,
) : Model(members),
    Block {
    public val type: String get() = required("type", StringCodec)

    public val task: String get() = required("task", StringCodec)

    /** Default: `false`. */
    public val done: Boolean? get() = optional("done", BooleanCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): TaskBlock =
        TaskBlock(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [TaskBlock] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        public var task: String
            get() = readRequired("task", StringCodec)
            set(value) = write("task", StringCodec, value)

        /** Default: `false`. */
        public var done: Boolean?
            get() = read("done", BooleanCodec)
            set(value) = write("done", BooleanCodec, value)
    }

    public companion object : ModelCodec<TaskBlock>(::TaskBlock) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(task: String, block: Builder.() -> Unit = {}): TaskBlock {
            val builder = Builder(LinkedHashMap())
            builder.write("type", StringCodec, "task")
            builder.write("task", StringCodec, task)
            return TaskBlock(builder.apply(block).finish())
        }
    }
}

package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** That the gateway is there, and what it is doing. */
public class Health internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** `starting` while models are being loaded, `ok` when all is there, `draining` while it shuts down. */
    @get:JvmName("getStatus")
    public val status: HealthStatus get() = required("status", HealthStatus)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): Health =
        Health(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [Health] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** `starting` while models are being loaded, `ok` when all is there, `draining` while it shuts down. */
        @get:JvmName("getStatus")
        @set:JvmName("setStatus")
        public var status: HealthStatus
            get() = readRequired("status", HealthStatus)
            set(value) = write("status", HealthStatus, value)
    }

    public companion object : ModelCodec<Health>(::Health) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(status: HealthStatus, block: Builder.() -> Unit = {}): Health {
            val builder = Builder(LinkedHashMap())
            builder.write("status", HealthStatus, status)
            return Health(builder.apply(block).finish())
        }
    }
}

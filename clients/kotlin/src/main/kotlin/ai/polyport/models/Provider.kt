package ai.polyport.models

import ai.polyport.core.ListCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** A place where models run. */
public class Provider internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The provider's name in the gateway's configuration. */
    public val id: String get() = required("id", StringCodec)

    /** Always `provider`. */
    public val `object`: String get() = required("object", StringCodec)

    /** The kind of provider, such as `local` or `openai`. */
    public val type: String get() = required("type", StringCodec)

    /**
     * `starting` until it can serve, `up` when it can, `degraded` when requests have failed lately, `down` when it
     * is not asked for now.
     */
    @get:JvmName("getStatus")
    public val status: ProviderStatus get() = required("status", ProviderStatus)

    /** The ids of the models that it is known to serve. */
    public val models: List<String> get() = required("models", ListCodec(StringCodec))

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): Provider =
        Provider(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [Provider] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The provider's name in the gateway's configuration. */
        public var id: String
            get() = readRequired("id", StringCodec)
            set(value) = write("id", StringCodec, value)

        /** The kind of provider, such as `local` or `openai`. */
        public var type: String
            get() = readRequired("type", StringCodec)
            set(value) = write("type", StringCodec, value)

        /**
         * `starting` until it can serve, `up` when it can, `degraded` when requests have failed lately, `down` when it
         * is not asked for now.
         */
        @get:JvmName("getStatus")
        @set:JvmName("setStatus")
        public var status: ProviderStatus
            get() = readRequired("status", ProviderStatus)
            set(value) = write("status", ProviderStatus, value)

        /** The ids of the models that it is known to serve. */
        public var models: List<String>
            get() = readRequired("models", ListCodec(StringCodec))
            set(value) = write("models", ListCodec(StringCodec), value)
    }

    public companion object : ModelCodec<Provider>(::Provider) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(
            id: String,
            type: String,
            status: ProviderStatus,
            models: List<String>,
            block: Builder.() -> Unit = {},
        ): Provider {
            val builder = Builder(LinkedHashMap())
            builder.write("object", StringCodec, "provider")
            builder.write("id", StringCodec, id)
            builder.write("type", StringCodec, type)
            builder.write("status", ProviderStatus, status)
            builder.write("models", ListCodec(StringCodec), models)
            return Provider(builder.apply(block).finish())
        }
    }
}

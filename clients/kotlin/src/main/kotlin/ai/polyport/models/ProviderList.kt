package ai.polyport.models

import ai.polyport.core.ListCodec
import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** All providers that the gateway is set up with. */
public class ProviderList internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** Always `list`. */
    public val `object`: String get() = required("object", StringCodec)

    /** The providers, in the order of the configuration. */
    public val data: List<Provider> get() = required("data", ListCodec(Provider))

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): ProviderList =
        ProviderList(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [ProviderList] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The providers, in the order of the configuration. */
        public var data: List<Provider>
            get() = readRequired("data", ListCodec(Provider))
            set(value) = write("data", ListCodec(Provider), value)
    }

    public companion object : ModelCodec<ProviderList>(::ProviderList) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(data: List<Provider>, block: Builder.() -> Unit = {}): ProviderList {
            val builder = Builder(LinkedHashMap())
            builder.write("object", StringCodec, "list")
            builder.write("data", ListCodec(Provider), data)
            return ProviderList(builder.apply(block).finish())
        }
    }
}

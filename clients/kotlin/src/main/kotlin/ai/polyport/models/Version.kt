package ai.polyport.models

import ai.polyport.core.ModelBuilder
import ai.polyport.core.ModelCodec
import ai.polyport.core.StringCodec
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** What is running. */
public class Version internal constructor(
    members: JsonObject,
) : ai.polyport.core.Model(members) {
    /** The gateway's version. */
    public val version: String get() = required("version", StringCodec)

    /** The version of the API document that it serves. */
    public val apiVersion: String get() = required("api_version", StringCodec)

    /** A copy of this with changes. */
    public fun copy(block: Builder.() -> Unit): Version =
        Version(Builder(LinkedHashMap(toJson())).apply(block).finish())

    /** What can be set when a [Version] is made or copied. */
    public class Builder internal constructor(
        members: MutableMap<String, JsonElement>,
    ) : ModelBuilder(members) {
        /** The gateway's version. */
        public var version: String
            get() = readRequired("version", StringCodec)
            set(value) = write("version", StringCodec, value)

        /** The version of the API document that it serves. */
        public var apiVersion: String
            get() = readRequired("api_version", StringCodec)
            set(value) = write("api_version", StringCodec, value)
    }

    public companion object : ModelCodec<Version>(::Version) {
        /** Makes one from what is required; the block sets the rest. */
        @JvmStatic
        @JvmOverloads
        @JvmName("of")
        public operator fun invoke(version: String, apiVersion: String, block: Builder.() -> Unit = {}): Version {
            val builder = Builder(LinkedHashMap())
            builder.write("version", StringCodec, version)
            builder.write("api_version", StringCodec, apiVersion)
            return Version(builder.apply(block).finish())
        }
    }
}

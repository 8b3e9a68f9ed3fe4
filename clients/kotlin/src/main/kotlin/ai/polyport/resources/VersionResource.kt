package ai.polyport.resources

import ai.polyport.core.APIStatusException
import ai.polyport.core.ApiClient
import ai.polyport.core.Arguments
import ai.polyport.core.CallOptions
import ai.polyport.core.EmptyParams
import ai.polyport.core.Operation
import ai.polyport.models.Version

/** The calls under `version`. */
public class VersionResource internal constructor(
    private val client: ApiClient,
) {
    /**
     * Ask what is running
     *
     * Needs no key.
     *
     * ```kotlin
     * client.version.retrieve()
     * ```
     *
     * @throws APIStatusException for any failure, with a body for `bodyAs<Error>()`
     */
    @JvmOverloads
    public suspend fun retrieve(options: CallOptions? = null, block: EmptyParams.() -> Unit = {}): Version {
        val sent = Arguments()
        EmptyParams(sent).block()
        return client.call(retrieveOperation(), sent, options, Version)
    }

    private fun retrieveOperation(): Operation =
        Operation(id = "retrieveVersion", method = "GET", path = "/version")
}

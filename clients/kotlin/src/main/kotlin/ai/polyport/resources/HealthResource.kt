package ai.polyport.resources

import ai.polyport.core.APIStatusException
import ai.polyport.core.ApiClient
import ai.polyport.core.Arguments
import ai.polyport.core.CallOptions
import ai.polyport.core.EmptyParams
import ai.polyport.core.Operation
import ai.polyport.models.Health

/** The calls under `health`. */
public class HealthResource internal constructor(
    private val client: ApiClient,
) {
    /**
     * Ask for a sign of life
     *
     * Answers at once, also while models are still being loaded. Needs no key.
     *
     * ```kotlin
     * client.health.retrieve()
     * ```
     *
     * @throws APIStatusException for any failure, with a body for `bodyAs<Error>()`
     */
    @JvmOverloads
    public suspend fun retrieve(options: CallOptions? = null, block: EmptyParams.() -> Unit = {}): Health {
        val sent = Arguments()
        EmptyParams(sent).block()
        return client.call(retrieveOperation(), sent, options, Health)
    }

    private fun retrieveOperation(): Operation =
        Operation(id = "retrieveHealth", method = "GET", path = "/health")
}

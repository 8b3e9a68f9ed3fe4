package ai.polyport.resources

import ai.polyport.core.APIStatusException
import ai.polyport.core.ApiClient
import ai.polyport.core.Arguments
import ai.polyport.core.CallOptions
import ai.polyport.core.EmptyParams
import ai.polyport.core.Location
import ai.polyport.core.Operation
import ai.polyport.core.Page
import ai.polyport.core.PagePlan
import ai.polyport.core.PageStyle
import ai.polyport.core.Parameter
import ai.polyport.core.StringCodec
import ai.polyport.core.Style
import ai.polyport.models.Provider
import ai.polyport.models.ProviderList

/** Where models run. */
public class ProvidersResource internal constructor(
    private val client: ApiClient,
) {
    /**
     * List providers
     *
     * The places where models run, with their state.
     *
     * ```kotlin
     * client.providers.list()
     * ```
     *
     * @throws APIStatusException for any failure, with a body for `bodyAs<Error>()`
     */
    @JvmOverloads
    public suspend fun list(
        options: CallOptions? = null,
        block: EmptyParams.() -> Unit = {},
    ): Page<Provider, ProviderList> {
        val sent = Arguments()
        EmptyParams(sent).block()
        return client.page(
            listOperation(),
            sent,
            options,
            ProviderList,
            Provider,
            PagePlan(PageStyle.SINGLE, listOf("data")),
        )
    }

    /**
     * Get a provider
     *
     * ```kotlin
     * client.providers.retrieve(provider = "local")
     * ```
     *
     * @param provider The provider's name.
     * @throws APIStatusException for any failure, with a body for `bodyAs<Error>()`
     */
    @JvmOverloads
    public suspend fun retrieve(
        provider: String,
        options: CallOptions? = null,
        block: EmptyParams.() -> Unit = {},
    ): Provider {
        val sent = Arguments()
        sent.put(Location.PATH, "provider", StringCodec, provider)
        EmptyParams(sent).block()
        return client.call(retrieveOperation(), sent, options, Provider)
    }

    private fun listOperation(): Operation =
        Operation(
            id = "listProviders",
            method = "GET",
            path = "/v1/providers",
            security = listOf(listOf("bearer"), emptyList()),
        )

    private fun retrieveOperation(): Operation =
        Operation(
            id = "retrieveProvider",
            method = "GET",
            path = "/v1/providers/{provider}",
            parameters = listOf(Parameter(Location.PATH, "provider", Style.SIMPLE, false)),
            security = listOf(listOf("bearer"), emptyList()),
        )
}

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
import ai.polyport.models.Model
import ai.polyport.models.ModelList

/** What requests may name. */
public class ModelsResource internal constructor(
    private val client: ApiClient,
) {
    /**
     * List models
     *
     * The models that the caller may use, of all providers.
     *
     * ```kotlin
     * client.models.list()
     * ```
     *
     * @throws APIStatusException for any failure, with a body for `bodyAs<Error>()`
     */
    @JvmOverloads
    public suspend fun list(
        options: CallOptions? = null,
        block: EmptyParams.() -> Unit = {},
    ): Page<Model, ModelList> {
        val sent = Arguments()
        EmptyParams(sent).block()
        return client.page(
            listOperation(),
            sent,
            options,
            ModelList,
            Model,
            PagePlan(PageStyle.SINGLE, listOf("data")),
        )
    }

    /**
     * Get a model
     *
     * ```kotlin
     * client.models.retrieve(model = "smollm2-135m")
     * ```
     *
     * @param model The model's id. Slashes in it are encoded as `%2F`.
     * @throws APIStatusException for any failure, with a body for `bodyAs<Error>()`
     */
    @JvmOverloads
    public suspend fun retrieve(
        model: String,
        options: CallOptions? = null,
        block: EmptyParams.() -> Unit = {},
    ): Model {
        val sent = Arguments()
        sent.put(Location.PATH, "model", StringCodec, model)
        EmptyParams(sent).block()
        return client.call(retrieveOperation(), sent, options, Model)
    }

    private fun listOperation(): Operation =
        Operation(
            id = "listModels",
            method = "GET",
            path = "/v1/models",
            security = listOf(listOf("bearer"), emptyList()),
        )

    private fun retrieveOperation(): Operation =
        Operation(
            id = "retrieveModel",
            method = "GET",
            path = "/v1/models/{model}",
            parameters = listOf(Parameter(Location.PATH, "model", Style.SIMPLE, false)),
            security = listOf(listOf("bearer"), emptyList()),
        )
}

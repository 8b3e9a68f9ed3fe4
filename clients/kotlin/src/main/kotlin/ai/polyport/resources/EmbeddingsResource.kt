package ai.polyport.resources

import ai.polyport.core.APIStatusException
import ai.polyport.core.ApiClient
import ai.polyport.core.Arguments
import ai.polyport.core.BodyKind
import ai.polyport.core.BodySpec
import ai.polyport.core.CallOptions
import ai.polyport.core.Operation
import ai.polyport.core.StringCodec
import ai.polyport.models.EmbeddingList
import ai.polyport.models.TextInput

/** Vectors of texts. */
public class EmbeddingsResource internal constructor(
    private val client: ApiClient,
) {
    /**
     * Embed texts
     *
     * Turns texts into vectors whose distances tell how alike the texts are.
     *
     * `withRawResponse` gives the headers of the answer:
     *
     * - `x-polyport-provider`: The provider that served the request.
     * - `x-polyport-try`: On which try it was served, counted from 1.
     *
     * ```kotlin
     * client.embeddings.create(model = "all-minilm-l6-v2", input = "The quick brown fox")
     * ```
     *
     * @param model The model's id, as `GET /v1/models` lists it.
     * @param input A text, or several of them, each as a text or as token ids. A list of token ids alone is one text.
     * @throws APIStatusException for any failure, with a body for `bodyAs<Error>()`
     */
    @JvmOverloads
    public suspend fun create(
        model: String,
        input: TextInput,
        options: CallOptions? = null,
        block: EmbeddingsCreateParams.() -> Unit = {},
    ): EmbeddingList {
        val sent = Arguments()
        sent.put("model", StringCodec, model)
        sent.put("input", TextInput, input)
        EmbeddingsCreateParams(sent).block()
        return client.call(createOperation(), sent, options, EmbeddingList)
    }

    /**
     * Embed texts
     *
     * Turns texts into vectors whose distances tell how alike the texts are.
     *
     * `withRawResponse` gives the headers of the answer:
     *
     * - `x-polyport-provider`: The provider that served the request.
     * - `x-polyport-try`: On which try it was served, counted from 1.
     *
     * ```kotlin
     * client.embeddings.create(model = "all-minilm-l6-v2", input = "The quick brown fox")
     * ```
     *
     * @param model The model's id, as `GET /v1/models` lists it.
     * @param input A text, or several of them, each as a text or as token ids. A list of token ids alone is one text.
     * @throws APIStatusException for any failure, with a body for `bodyAs<Error>()`
     */
    @JvmOverloads
    public suspend fun create(
        model: String,
        input: String,
        options: CallOptions? = null,
        block: EmbeddingsCreateParams.() -> Unit = {},
    ): EmbeddingList =
        create(model, TextInput.of(input), options, block)

    private fun createOperation(): Operation =
        Operation(
            id = "createEmbedding",
            method = "POST",
            path = "/v1/embeddings",
            body = BodySpec(BodyKind.JSON, "application/json", true),
            security = listOf(listOf("bearer"), emptyList()),
        )
}

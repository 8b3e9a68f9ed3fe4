package ai.polyport.resources

import ai.polyport.core.APIStatusException
import ai.polyport.core.ApiClient
import ai.polyport.core.Arguments
import ai.polyport.core.BodyKind
import ai.polyport.core.BodySpec
import ai.polyport.core.BooleanCodec
import ai.polyport.core.CallOptions
import ai.polyport.core.EventFlow
import ai.polyport.core.Operation
import ai.polyport.core.StringCodec
import ai.polyport.models.Completion
import ai.polyport.models.TextInput

/** Continuations of a text. */
public class CompletionsResource internal constructor(
    private val client: ApiClient,
) {
    /**
     * Continue a text
     *
     * Generates what comes after a text, without any chat template. With `stream: true` the answer arrives as
     * server-sent events, one `Completion` with a piece of the text per event, and ends with `data: [DONE]`.
     *
     * `withRawResponse` gives the headers of the answer:
     *
     * - `x-polyport-provider`: The provider that served the request.
     * - `x-polyport-try`: On which try it was served, counted from 1.
     *
     * ```kotlin
     * client.completions.create(model = "smollm2-135m", prompt = "Once upon a time") {
     *     maxTokens = 32
     *     temperature = 0.0
     * }
     * ```
     *
     * @param model The model's id, as `GET /v1/models` lists it.
     * @param prompt A text, or several of them, each as a text or as token ids. A list of token ids alone is
     *   one text.
     * @throws APIStatusException for any failure, with a body for `bodyAs<Error>()`
     */
    @JvmOverloads
    public suspend fun create(
        model: String,
        prompt: TextInput,
        options: CallOptions? = null,
        block: CompletionsCreateParams.() -> Unit = {},
    ): Completion {
        val sent = Arguments()
        sent.put("model", StringCodec, model)
        sent.put("prompt", TextInput, prompt)
        CompletionsCreateParams(sent).block()
        return client.call(createOperation(), sent, options, Completion)
    }

    /**
     * Continue a text
     *
     * Generates what comes after a text, without any chat template. With `stream: true` the answer arrives as
     * server-sent events, one `Completion` with a piece of the text per event, and ends with `data: [DONE]`.
     *
     * `withRawResponse` gives the headers of the answer:
     *
     * - `x-polyport-provider`: The provider that served the request.
     * - `x-polyport-try`: On which try it was served, counted from 1.
     *
     * ```kotlin
     * client.completions.create(model = "smollm2-135m", prompt = "Once upon a time") {
     *     maxTokens = 32
     *     temperature = 0.0
     * }
     * ```
     *
     * @param model The model's id, as `GET /v1/models` lists it.
     * @param prompt A text, or several of them, each as a text or as token ids. A list of token ids alone is
     *   one text.
     * @throws APIStatusException for any failure, with a body for `bodyAs<Error>()`
     */
    @JvmOverloads
    public suspend fun create(
        model: String,
        prompt: String,
        options: CallOptions? = null,
        block: CompletionsCreateParams.() -> Unit = {},
    ): Completion =
        create(model, TextInput.of(prompt), options, block)

    /**
     * Continue a text
     *
     * Generates what comes after a text, without any chat template. With `stream: true` the answer arrives as
     * server-sent events, one `Completion` with a piece of the text per event, and ends with `data: [DONE]`.
     *
     * `withRawResponse` gives the headers of the answer:
     *
     * - `x-polyport-provider`: The provider that served the request.
     * - `x-polyport-try`: On which try it was served, counted from 1.
     *
     * The flow makes the call when it is collected, each time anew.
     *
     * ```kotlin
     * client.completions.createStreaming(model = "smollm2-135m", prompt = "Once upon a time") {
     *     maxTokens = 32
     *     temperature = 0.0
     * }.collect { println(it) }
     * ```
     *
     * @param model The model's id, as `GET /v1/models` lists it.
     * @param prompt A text, or several of them, each as a text or as token ids. A list of token ids alone is
     *   one text.
     * @throws APIStatusException for any failure, with a body for `bodyAs<Error>()`
     */
    @JvmOverloads
    public fun createStreaming(
        model: String,
        prompt: TextInput,
        options: CallOptions? = null,
        block: CompletionsCreateParams.() -> Unit = {},
    ): EventFlow<Completion> {
        val sent = Arguments()
        sent.put("model", StringCodec, model)
        sent.put("prompt", TextInput, prompt)
        sent.put("stream", BooleanCodec, true)
        CompletionsCreateParams(sent).block()
        return client.events(createOperation().streaming("text/event-stream", "[DONE]"), sent, options, Completion)
    }

    /**
     * Continue a text
     *
     * Generates what comes after a text, without any chat template. With `stream: true` the answer arrives as
     * server-sent events, one `Completion` with a piece of the text per event, and ends with `data: [DONE]`.
     *
     * `withRawResponse` gives the headers of the answer:
     *
     * - `x-polyport-provider`: The provider that served the request.
     * - `x-polyport-try`: On which try it was served, counted from 1.
     *
     * The flow makes the call when it is collected, each time anew.
     *
     * ```kotlin
     * client.completions.createStreaming(model = "smollm2-135m", prompt = "Once upon a time") {
     *     maxTokens = 32
     *     temperature = 0.0
     * }.collect { println(it) }
     * ```
     *
     * @param model The model's id, as `GET /v1/models` lists it.
     * @param prompt A text, or several of them, each as a text or as token ids. A list of token ids alone is
     *   one text.
     * @throws APIStatusException for any failure, with a body for `bodyAs<Error>()`
     */
    @JvmOverloads
    public fun createStreaming(
        model: String,
        prompt: String,
        options: CallOptions? = null,
        block: CompletionsCreateParams.() -> Unit = {},
    ): EventFlow<Completion> =
        createStreaming(model, TextInput.of(prompt), options, block)

    private fun createOperation(): Operation =
        Operation(
            id = "createCompletion",
            method = "POST",
            path = "/v1/completions",
            body = BodySpec(BodyKind.JSON, "application/json", true),
            security = listOf(listOf("bearer"), emptyList()),
        )
}

package ai.polyport.resources

import ai.polyport.core.APIStatusException
import ai.polyport.core.ApiClient
import ai.polyport.core.Arguments
import ai.polyport.core.BodyKind
import ai.polyport.core.BodySpec
import ai.polyport.core.BooleanCodec
import ai.polyport.core.CallOptions
import ai.polyport.core.EventFlow
import ai.polyport.core.ListCodec
import ai.polyport.core.Operation
import ai.polyport.core.StringCodec
import ai.polyport.models.ChatCompletion
import ai.polyport.models.ChatCompletionChunk
import ai.polyport.models.ChatMessage

/** The calls under `chat.completions`. */
public class ChatCompletionsResource internal constructor(
    private val client: ApiClient,
) {
    /**
     * Answer a conversation
     *
     * Generates the next message of a conversation. With `stream: true` the answer arrives as server-sent events, one
     * `ChatCompletionChunk` per event, and ends with `data: [DONE]`.
     *
     * `withRawResponse` gives the headers of the answer:
     *
     * - `x-polyport-provider`: The provider that served the request.
     * - `x-polyport-try`: On which try it was served, counted from 1.
     *
     * ```kotlin
     * client.chat.completions.create(
     *     model = "smollm2-135m",
     *     messages = listOf(ChatMessage.user(content = "What is the capital of France?")),
     * )
     * ```
     *
     * @param model The model's id, as `GET /v1/models` lists it.
     * @param messages The conversation so far, oldest message first.
     * @throws APIStatusException for any failure, with a body for `bodyAs<Error>()`
     */
    @JvmOverloads
    public suspend fun create(
        model: String,
        messages: List<ChatMessage>,
        options: CallOptions? = null,
        block: ChatCompletionsCreateParams.() -> Unit = {},
    ): ChatCompletion {
        val sent = Arguments()
        sent.put("model", StringCodec, model)
        sent.put("messages", ListCodec(ChatMessage), messages)
        ChatCompletionsCreateParams(sent).block()
        return client.call(createOperation(), sent, options, ChatCompletion)
    }

    /**
     * Answer a conversation
     *
     * Generates the next message of a conversation. With `stream: true` the answer arrives as server-sent events, one
     * `ChatCompletionChunk` per event, and ends with `data: [DONE]`.
     *
     * `withRawResponse` gives the headers of the answer:
     *
     * - `x-polyport-provider`: The provider that served the request.
     * - `x-polyport-try`: On which try it was served, counted from 1.
     *
     * The flow makes the call when it is collected, each time anew.
     *
     * ```kotlin
     * client.chat.completions.createStreaming(
     *     model = "smollm2-135m",
     *     messages = listOf(ChatMessage.user(content = "What is the capital of France?")),
     * ).collect { println(it) }
     * ```
     *
     * @param model The model's id, as `GET /v1/models` lists it.
     * @param messages The conversation so far, oldest message first.
     * @throws APIStatusException for any failure, with a body for `bodyAs<Error>()`
     */
    @JvmOverloads
    public fun createStreaming(
        model: String,
        messages: List<ChatMessage>,
        options: CallOptions? = null,
        block: ChatCompletionsCreateParams.() -> Unit = {},
    ): EventFlow<ChatCompletionChunk> {
        val sent = Arguments()
        sent.put("model", StringCodec, model)
        sent.put("messages", ListCodec(ChatMessage), messages)
        sent.put("stream", BooleanCodec, true)
        ChatCompletionsCreateParams(sent).block()
        return client.events(
            createOperation().streaming("text/event-stream", "[DONE]"),
            sent,
            options,
            ChatCompletionChunk,
        )
    }

    private fun createOperation(): Operation =
        Operation(
            id = "createChatCompletion",
            method = "POST",
            path = "/v1/chat/completions",
            body = BodySpec(BodyKind.JSON, "application/json", true),
            security = listOf(listOf("bearer"), emptyList()),
        )
}

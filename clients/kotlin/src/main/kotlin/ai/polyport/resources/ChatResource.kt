package ai.polyport.resources

import ai.polyport.core.ApiClient

/** Answers to a conversation. */
public class ChatResource internal constructor(
    private val client: ApiClient,
) {
    /** The calls under `chat.completions`. */
    public val completions: ChatCompletionsResource = ChatCompletionsResource(client)
}

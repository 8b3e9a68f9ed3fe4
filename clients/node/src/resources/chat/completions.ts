// Generated from the API's description. Changes to this file are overwritten.
import { APIResource } from '../../runtime/resource.js';
import type { APIPromise, Operation, RequestOptions, Stream } from '../../runtime/index.js';
import type { ChatCompletionChunk } from '../../types/chat-completion-chunk.js';
import type { ChatCompletionRequest } from '../../types/chat-completion-request.js';
import type { ChatCompletion } from '../../types/chat-completion.js';

/** The params of `chat.completions.create`. */
export type ChatCompletionsCreateParams =
  ChatCompletionsCreateParamsNonStreaming | ChatCompletionsCreateParamsStreaming;

/** For the whole answer at once. */
export interface ChatCompletionsCreateParamsNonStreaming extends ChatCompletionRequest {
  /** Whether the answer comes as a stream of server-sent events. */
  stream?: false | null | undefined;
}

/** For the answer as a stream. */
export interface ChatCompletionsCreateParamsStreaming extends ChatCompletionRequest {
  /** Whether the answer comes as a stream of server-sent events. */
  stream: true;
}

const createOperation: Operation = {
  id: 'createChatCompletion',
  method: 'POST',
  path: '/v1/chat/completions',
  body: { kind: 'json', contentType: 'application/json', required: true },
  response: { kind: 'json' },
};
const createStreamOperation: Operation = {
  ...createOperation,
  response: {
    kind: 'sse',
    terminator: '[DONE]',
    deltas: {
      joined: [
        ['choices', '[]', 'delta', 'content'],
        ['choices', '[]', 'delta', 'refusal'],
        ['choices', '[]', 'delta', 'tool_calls', '[]', 'function', 'arguments'],
      ],
      pieces: [['choices', '[]']],
      names: [
        'id',
        'type',
        'role',
        'object',
        'name',
        'model',
        'status',
        'kind',
        'index',
        'event',
        'format',
        'language',
      ],
      endings: ['_id', '_type', '_at', '_reason', 'Id', 'Type', 'At', 'Reason'],
      merged: [[['choices'], 'index'], [['choices', '[]', 'delta', 'tool_calls'], 'index']],
      renamed: [[['choices', '[]', 'delta'], 'message']],
      dropped: [['choices', '[]', 'message', 'tool_calls', '[]', 'index']],
      constants: [
        [['choices', '[]', 'message', 'tool_calls', '[]', 'type'], 'function'],
        [['choices', '[]', 'message', 'role'], 'assistant'],
        [['object'], 'chat.completion'],
      ],
    },
  },
};

export class ChatCompletionsResource extends APIResource {
  /**
   * Answer a conversation
   *
   * Generates the next message of a conversation. With `stream: true` the answer arrives as server-sent
   * events, one `ChatCompletionChunk` per event, and ends with `data: [DONE]`.
   *
   * Headers of the answer, which `withResponse()` gives too:
   *
   * - `x-polyport-provider`: The provider that served the request.
   * - `x-polyport-try`: On which try it was served, counted from 1.
   *
   * @example
   * const result = await client.chat.completions.create({
   *   model: 'smollm2-135m',
   *   messages: [{ role: 'user', content: 'What is the capital of France?' }],
   * });
   */
  create(
    params: ChatCompletionsCreateParamsNonStreaming,
    options?: RequestOptions,
  ): APIPromise<ChatCompletion>;
  /**
   * The same as a stream.
   *
   * @example
   * const stream = await client.chat.completions.create({
   *   model: 'smollm2-135m',
   *   messages: [{ role: 'user', content: 'What is the capital of France?' }],
   *   stream: true,
   * });
   * for await (const event of stream) console.log(event);
   */
  create(
    params: ChatCompletionsCreateParamsStreaming,
    options?: RequestOptions,
  ): APIPromise<Stream<ChatCompletionChunk, ChatCompletion>>;
  create(
    params: ChatCompletionsCreateParams,
    options?: RequestOptions,
  ): APIPromise<ChatCompletion | Stream<ChatCompletionChunk, ChatCompletion>>;
  create(
    params: ChatCompletionsCreateParams,
    options?: RequestOptions,
  ): APIPromise<ChatCompletion | Stream<ChatCompletionChunk, ChatCompletion>> {
    return params.stream === true
      ? this._caller.stream<ChatCompletionChunk, ChatCompletion>(createStreamOperation, params, options)
      : this._caller.call<ChatCompletion>(createOperation, params, options);
  }
}

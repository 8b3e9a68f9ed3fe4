// Generated from the API's description. Changes to this file are overwritten.
import { APIResource } from '../runtime/resource.js';
import type { APIPromise, Operation, RequestOptions, Stream } from '../runtime/index.js';
import type { CompletionRequest } from '../types/completion-request.js';
import type { Completion } from '../types/completion.js';

/** The params of `completions.create`. */
export type CompletionsCreateParams = CompletionsCreateParamsNonStreaming | CompletionsCreateParamsStreaming;

/** For the whole answer at once. */
export interface CompletionsCreateParamsNonStreaming extends CompletionRequest {
  /** Whether the answer comes as a stream of server-sent events. */
  stream?: false | null | undefined;
}

/** For the answer as a stream. */
export interface CompletionsCreateParamsStreaming extends CompletionRequest {
  /** Whether the answer comes as a stream of server-sent events. */
  stream: true;
}

const createOperation: Operation = {
  id: 'createCompletion',
  method: 'POST',
  path: '/v1/completions',
  body: { kind: 'json', contentType: 'application/json', required: true },
  response: { kind: 'json' },
};
const createStreamOperation: Operation = {
  ...createOperation,
  response: {
    kind: 'sse',
    terminator: '[DONE]',
    deltas: {
      joined: [['choices', '[]', 'text']],
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
      merged: [[['choices'], 'index']],
    },
  },
};

/** Continuations of a text. */
export class CompletionsResource extends APIResource {
  /**
   * Continue a text
   *
   * Generates what comes after a text, without any chat template. With `stream: true` the answer arrives as
   * server-sent events, one `Completion` with a piece of the text per event, and ends with `data: [DONE]`.
   *
   * Headers of the answer, which `withResponse()` gives too:
   *
   * - `x-polyport-provider`: The provider that served the request.
   * - `x-polyport-try`: On which try it was served, counted from 1.
   *
   * @example
   * const result = await client.completions.create({
   *   model: 'smollm2-135m',
   *   prompt: 'Once upon a time',
   *   max_tokens: 32,
   *   temperature: 0,
   * });
   */
  create(params: CompletionsCreateParamsNonStreaming, options?: RequestOptions): APIPromise<Completion>;
  /**
   * The same as a stream.
   *
   * @example
   * const stream = await client.completions.create({
   *   model: 'smollm2-135m',
   *   prompt: 'Once upon a time',
   *   max_tokens: 32,
   *   temperature: 0,
   *   stream: true,
   * });
   * for await (const event of stream) console.log(event);
   */
  create(
    params: CompletionsCreateParamsStreaming,
    options?: RequestOptions,
  ): APIPromise<Stream<Completion, Completion>>;
  create(
    params: CompletionsCreateParams,
    options?: RequestOptions,
  ): APIPromise<Completion | Stream<Completion, Completion>>;
  create(
    params: CompletionsCreateParams,
    options?: RequestOptions,
  ): APIPromise<Completion | Stream<Completion, Completion>> {
    return params.stream === true
      ? this._caller.stream<Completion, Completion>(createStreamOperation, params, options)
      : this._caller.call<Completion>(createOperation, params, options);
  }
}

// Generated from the API's description. Changes to this file are overwritten.
import type { ChatChunkChoice } from './chat-chunk-choice.js';
import type { Usage } from './usage.js';

/** A piece of a streamed answer. */
export interface ChatCompletionChunk {
  /** Names the answer; the same in all its chunks. */
  id: string;

  /** Always `chat.completion.chunk`. */
  object: 'chat.completion.chunk';

  /** When the answer was begun, in seconds since 1970-01-01 UTC. */
  created: number;

  /** The model that answers. */
  model: string;

  /** The pieces. Empty in the chunk that carries the usage. */
  choices: ChatChunkChoice[];

  /** The usage of the whole request, in the last chunk, if `stream_options.include_usage` asked for it. */
  usage?: Usage | null;

  /** Changes when the provider's set-up changes in a way that may change answers. */
  system_fingerprint?: string | null;

  /** The provider's service class that serves the request. */
  service_tier?: string | null;
}

// Generated from the API's description. Changes to this file are overwritten.
import type { CompletionChoice } from './completion-choice.js';
import type { Usage } from './usage.js';

/** The continuation of a text, or a piece of it in a stream. */
export interface Completion {
  /** Names this answer; the same in all pieces of a stream. */
  id: string;

  /** Always `text_completion`. */
  object: 'text_completion';

  /** When the answer was made, in seconds since 1970-01-01 UTC. */
  created: number;

  /** The model that answered. */
  model: string;

  /** The answers. Empty in the piece of a stream that carries the usage. */
  choices: CompletionChoice[];

  /**
   * The usage of the request; in a stream only in its last piece, if `stream_options.include_usage` asked
   * for it.
   */
  usage?: Usage | null;

  /** Changes when the provider's set-up changes in a way that may change answers. */
  system_fingerprint?: string | null;
}

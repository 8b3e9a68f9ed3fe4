// Generated from the API's description. Changes to this file are overwritten.
import type { CompletionLogprobs } from './completion-logprobs.js';
import type { FinishReason } from './finish-reason.js';

/** One answer, or a piece of it in a stream. */
export interface CompletionChoice {
  /** The position of this answer among the choices. */
  index: number;

  /** The generated text. */
  text: string;

  /** Why the answer ended; in a stream null or missing until it has. */
  finish_reason?: FinishReason | null;

  /** The log probabilities of the tokens, if they were asked for. */
  logprobs?: CompletionLogprobs | null;
}

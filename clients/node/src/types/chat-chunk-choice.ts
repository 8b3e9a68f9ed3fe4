// Generated from the API's description. Changes to this file are overwritten.
import type { ChatDelta } from './chat-delta.js';
import type { FinishReason } from './finish-reason.js';
import type { Logprobs } from './logprobs.js';

/** A piece of one answer. */
export interface ChatChunkChoice {
  /** The position of the answer among the choices. */
  index: number;

  /** What is new in the message. */
  delta: ChatDelta;

  /** Why the answer ended; null or missing until it has. */
  finish_reason?: FinishReason | null;

  /** The log probabilities of the piece's tokens, if they were asked for. */
  logprobs?: Logprobs | null;
}

// Generated from the API's description. Changes to this file are overwritten.
import type { ChatReply } from './chat-reply.js';
import type { FinishReason } from './finish-reason.js';
import type { Logprobs } from './logprobs.js';

/** One answer. */
export interface ChatChoice {
  /** The position of this answer among the choices. */
  index: number;

  /** The message that the model wrote. */
  message: ChatReply;

  /**
   * Why the answer ended: `stop` at its natural end or a stop text, `length` at the token limit, `tool_calls`
   * because tools are called, `content_filter` because a filter cut it.
   */
  finish_reason: FinishReason;

  /** The log probabilities of the answer's tokens, if they were asked for. */
  logprobs?: Logprobs | null;
}

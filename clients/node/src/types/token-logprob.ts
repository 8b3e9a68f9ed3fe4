// Generated from the API's description. Changes to this file are overwritten.
import type { TopLogprob } from './top-logprob.js';

/** A generated token and its rivals. */
export interface TokenLogprob {
  /** The token's text. */
  token: string;

  /** The natural logarithm of the token's probability. -9999.0 stands for very unlikely. */
  logprob: number;

  /** The token's UTF-8 bytes. A character may be spread over several tokens. */
  bytes: number[] | null;

  /** The likeliest tokens at this position. */
  top_logprobs: TopLogprob[];
}

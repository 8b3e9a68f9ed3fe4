// Generated from the API's description. Changes to this file are overwritten.
import type { TokenLogprob } from './token-logprob.js';

/** Log probabilities of generated tokens. */
export interface Logprobs {
  /** The tokens of the answer's text. */
  content: TokenLogprob[] | null;

  /** The tokens of the refusal. */
  refusal?: TokenLogprob[] | null;
}

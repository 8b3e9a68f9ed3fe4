// Generated from the API's description. Changes to this file are overwritten.

/** Log probabilities of generated tokens, as lists of the same length. */
export interface CompletionLogprobs {
  /** The tokens' texts. */
  tokens?: string[];

  /**
   * The natural logarithms of the tokens' probabilities. Null where there is none, as for the first token of
   * a prompt.
   */
  token_logprobs?: (number | null)[];

  /** The likeliest tokens at each position with their log probabilities. */
  top_logprobs?: ({ [key: string]: number } | null)[] | null;

  /** Where each token begins in the text, in characters. */
  text_offset?: number[];
}

// Generated from the API's description. Changes to this file are overwritten.

/** A token that was likely at a position. */
export interface TopLogprob {
  /** The token's text. */
  token: string;

  /** The natural logarithm of the token's probability. */
  logprob: number;

  /** The token's UTF-8 bytes. */
  bytes: number[] | null;
}

// Generated from the API's description. Changes to this file are overwritten.

/** How many tokens a request used. */
export interface EmbeddingUsage {
  /** Tokens in the inputs. */
  prompt_tokens: number;

  /** The same, since nothing is generated. */
  total_tokens: number;
}

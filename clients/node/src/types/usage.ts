// Generated from the API's description. Changes to this file are overwritten.
import type { CompletionTokensDetails } from './completion-tokens-details.js';
import type { PromptTokensDetails } from './prompt-tokens-details.js';

/** How many tokens a request used. */
export interface Usage {
  /** Tokens in the prompt. */
  prompt_tokens: number;

  /** Tokens that were generated. */
  completion_tokens: number;

  /** The sum of both. */
  total_tokens: number;

  /** Where the prompt's tokens went, when the provider tells. */
  prompt_tokens_details?: PromptTokensDetails | null;

  /** What the generated tokens were, when the provider tells. */
  completion_tokens_details?: CompletionTokensDetails | null;
}

// Generated from the API's description. Changes to this file are overwritten.

/** Parts of `prompt_tokens`. */
export interface PromptTokensDetails {
  /** Tokens that were read from a cache. */
  cached_tokens?: number | null;

  /** Tokens of audio input. */
  audio_tokens?: number | null;
}

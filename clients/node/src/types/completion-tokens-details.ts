// Generated from the API's description. Changes to this file are overwritten.

/** Parts of `completion_tokens`. */
export interface CompletionTokensDetails {
  /** Tokens that the model spent on reasoning. */
  reasoning_tokens?: number | null;

  /** Tokens of audio output. */
  audio_tokens?: number | null;

  /** Predicted tokens that appeared in the answer. */
  accepted_prediction_tokens?: number | null;

  /** Predicted tokens that did not appear in the answer. */
  rejected_prediction_tokens?: number | null;
}

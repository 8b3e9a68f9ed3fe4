// Generated from the API's description. Changes to this file are overwritten.

/** A refusal. */
export interface RefusalPart {
  /** Always `refusal`. */
  type: 'refusal';

  /** Why the model refused to answer. */
  refusal: string;
}

// Generated from the API's description. Changes to this file are overwritten.

/** A model that requests may name. */
export interface Model {
  /** The name to use in requests. */
  id: string;

  /** Always `model`. */
  object: 'model';

  /** When the model was made, in seconds since 1970-01-01 UTC; 0 when nobody knows. */
  created: number;

  /** Who offers the model. */
  owned_by: string;
}

// Generated from the API's description. Changes to this file are overwritten.

/** Plain text, which is the default. */
export interface TextFormat {
  /** Always `text`. */
  type: 'text';
}

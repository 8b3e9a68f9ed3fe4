// Generated from the API's description. Changes to this file are overwritten.

/** Text. */
export interface TextPart {
  /** Always `text`. */
  type: 'text';

  /** The text. */
  text: string;
}

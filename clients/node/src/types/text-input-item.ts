// Generated from the API's description. Changes to this file are overwritten.

/** A text, a token id of the only text, or a text as token ids. */
export type TextInputItem = string | number | number[];

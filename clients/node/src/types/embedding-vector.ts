// Generated from the API's description. Changes to this file are overwritten.

/** A vector, in the form that `encoding_format` asked for. */
export type EmbeddingVector = number[] | string;

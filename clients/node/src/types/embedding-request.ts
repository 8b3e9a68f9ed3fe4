// Generated from the API's description. Changes to this file are overwritten.
import type { TextInput } from './text-input.js';

/** Texts, and the model that shall embed them. */
export interface EmbeddingRequest {
  /** The model's id, as `GET /v1/models` lists it. */
  model: string;

  /** A text, or several of them, each as a text or as token ids. A list of token ids alone is one text. */
  input: TextInput;

  /**
   * How the vectors are written, as lists of numbers or as base64 of 32-bit little-endian floats.
   *
   * @default "float"
   */
  encoding_format?: EmbeddingRequest.EncodingFormat | undefined;

  /** The length of the vectors, for models that can shorten them. */
  dimensions?: number | undefined;

  /** Names the end user, for finding abuse. */
  user?: string | undefined;
}

export namespace EmbeddingRequest {
  /** How the vectors are written, as lists of numbers or as base64 of 32-bit little-endian floats. */
  export type EncodingFormat = 'float' | 'base64' | (string & {});
}

export type EmbeddingRequestEncodingFormat = EmbeddingRequest.EncodingFormat;

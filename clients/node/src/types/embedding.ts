// Generated from the API's description. Changes to this file are overwritten.
import type { EmbeddingVector } from './embedding-vector.js';

/** The vector of one input. */
export interface Embedding {
  /** Always `embedding`. */
  object: 'embedding';

  /** The position of the input. */
  index: number;

  /** A vector, in the form that `encoding_format` asked for. */
  embedding: EmbeddingVector;
}

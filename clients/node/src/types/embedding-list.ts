// Generated from the API's description. Changes to this file are overwritten.
import type { EmbeddingUsage } from './embedding-usage.js';
import type { Embedding } from './embedding.js';

/** The vectors of all inputs. */
export interface EmbeddingList {
  /** Always `list`. */
  object: 'list';

  /** One vector for each input, in their order. */
  data: Embedding[];

  /** The model that made them. */
  model: string;

  /** How many tokens a request used. */
  usage: EmbeddingUsage;
}

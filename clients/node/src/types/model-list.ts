// Generated from the API's description. Changes to this file are overwritten.
import type { Model } from './model.js';

/** All models that the caller may use. */
export interface ModelList {
  /** Always `list`. */
  object: 'list';

  /** The models, in the order of their ids. */
  data: Model[];
}

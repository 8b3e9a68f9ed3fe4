// Generated from the API's description. Changes to this file are overwritten.
import type { NamedFunction } from './named-function.js';

/** Calls one given function. */
export interface NamedToolChoice {
  /** Always `function`. */
  type: 'function';

  /** A function by its name. */
  function: NamedFunction;
}

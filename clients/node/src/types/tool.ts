// Generated from the API's description. Changes to this file are overwritten.
import type { FunctionDefinition } from './function-definition.js';

/** A function that the model may ask the application to call. */
export interface Tool {
  /** Always `function`. */
  type: 'function';

  /** What a function does and which arguments it takes. */
  function: FunctionDefinition;
}

// Generated from the API's description. Changes to this file are overwritten.
import type { FunctionCall } from './function-call.js';

/** A call that the model asks for. */
export interface ToolCall {
  /** Names this call in the tool's answer. */
  id: string;

  /** Always `function`. */
  type: 'function';

  /** A function and its arguments. */
  function: FunctionCall;
}

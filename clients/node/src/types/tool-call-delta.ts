// Generated from the API's description. Changes to this file are overwritten.
import type { FunctionCallDelta } from './function-call-delta.js';

/** A piece of a tool call. Pieces with the same `index` belong to the same call. */
export interface ToolCallDelta {
  /** The position of the call in the answer. */
  index: number;

  /** Names the call; only in its first piece. */
  id?: string | null;

  /** Always `function`; only in the first piece. */
  type?: string | null;

  /** A piece of a function's name or arguments. */
  function?: FunctionCallDelta;
}

// Generated from the API's description. Changes to this file are overwritten.

/** A piece of a function's name or arguments. */
export interface FunctionCallDelta {
  /** The name of the function; only in the first piece. */
  name?: string | null;

  /** The next piece of the arguments' JSON text. */
  arguments?: string | null;
}

// Generated from the API's description. Changes to this file are overwritten.

/** A function by its name. */
export interface NamedFunction {
  /** The name of the function. */
  name: string;
}

// Generated from the API's description. Changes to this file are overwritten.

/** A function and its arguments. */
export interface FunctionCall {
  /** The name of the function. */
  name: string;

  /**
   * The arguments as JSON text. The model wrote it, so it may not be valid JSON or may not fit the schema.
   */
  arguments: string;
}

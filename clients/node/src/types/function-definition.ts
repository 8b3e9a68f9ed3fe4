// Generated from the API's description. Changes to this file are overwritten.

/** What a function does and which arguments it takes. */
export interface FunctionDefinition {
  /** The name of the function. */
  name: string;

  /** What the function does, so that the model knows when to call it. */
  description?: string | undefined;

  /** The arguments as a JSON schema of an object. A function without it takes no arguments. */
  parameters?: { [key: string]: unknown } | undefined;

  /** Whether the arguments must follow the schema exactly. */
  strict?: boolean | null | undefined;
}

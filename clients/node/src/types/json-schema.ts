// Generated from the API's description. Changes to this file are overwritten.

/** A named JSON schema. */
export interface JsonSchema {
  /** The name of the format. */
  name: string;

  /** What the format is for, so that the model knows how to answer in it. */
  description?: string | undefined;

  /** The JSON schema. */
  schema?: { [key: string]: unknown } | undefined;

  /** Whether the answer must follow the schema exactly. */
  strict?: boolean | null | undefined;
}

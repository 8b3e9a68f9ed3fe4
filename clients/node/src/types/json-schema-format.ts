// Generated from the API's description. Changes to this file are overwritten.
import type { JsonSchema } from './json-schema.js';

/** JSON that follows a schema. */
export interface JsonSchemaFormat {
  /** Always `json_schema`. */
  type: 'json_schema';

  /** A named JSON schema. */
  json_schema: JsonSchema;
}

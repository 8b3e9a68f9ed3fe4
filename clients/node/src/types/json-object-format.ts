// Generated from the API's description. Changes to this file are overwritten.

/** Any JSON object. Ask for JSON in a message too, or the model may write nothing but spaces. */
export interface JsonObjectFormat {
  /** Always `json_object`. */
  type: 'json_object';
}

// Generated from the API's description. Changes to this file are overwritten.

/**
 * `none` never calls a tool, `auto` leaves it to the model, `required` calls at least one. The default is
 * `auto` when there are tools.
 */
export type ToolChoiceMode = 'none' | 'auto' | 'required' | (string & {});

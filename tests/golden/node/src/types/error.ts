// Generated from the API's description. Changes to this file are overwritten.

/** Named like a global of JavaScript. */
export interface ErrorModel {
  message?: string;
}

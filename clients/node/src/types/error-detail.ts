// Generated from the API's description. Changes to this file are overwritten.

/** What went wrong. */
export interface ErrorDetail {
  /** The kind of error, such as `invalid_request_error`. */
  type: string;

  /** A stable code for programs. */
  code?: string | null;

  /** What went wrong, for people. */
  message: string;

  /** The request field that is at fault. */
  param?: string | null;
}

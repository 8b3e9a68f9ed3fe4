// Generated from the API's description. Changes to this file are overwritten.

/** What is running. */
export interface Version {
  /** The gateway's version. */
  version: string;

  /** The version of the API document that it serves. */
  api_version: string;
}

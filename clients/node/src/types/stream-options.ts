// Generated from the API's description. Changes to this file are overwritten.

/** Settings of a streamed answer. Only allowed together with `stream` set to true. */
export interface StreamOptions {
  /** Sends one more chunk before `[DONE]`, with the usage of the whole request and no choices. */
  include_usage?: boolean | undefined;
}

// Generated from the API's description. Changes to this file are overwritten.

/** Who wrote a message. */
export type Role = 'developer' | 'system' | 'user' | 'assistant' | 'tool' | (string & {});

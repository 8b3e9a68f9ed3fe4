// Generated from the API's description. Changes to this file are overwritten.

/** Where generation ends. The stop text itself is not part of the answer. */
export type Stop = string | string[];

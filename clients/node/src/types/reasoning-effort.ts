// Generated from the API's description. Changes to this file are overwritten.

/** How much a reasoning model shall think. */
export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | (string & {});

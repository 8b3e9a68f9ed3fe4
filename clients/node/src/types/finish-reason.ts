// Generated from the API's description. Changes to this file are overwritten.

/**
 * Why the answer ended: `stop` at its natural end or a stop text, `length` at the token limit, `tool_calls`
 * because tools are called, `content_filter` because a filter cut it.
 */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | (string & {});

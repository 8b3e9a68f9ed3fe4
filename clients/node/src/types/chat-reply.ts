// Generated from the API's description. Changes to this file are overwritten.
import type { ToolCall } from './tool-call.js';

/** The message that the model wrote. */
export interface ChatReply {
  /** Always `assistant`. */
  role: 'assistant';

  /** The text of the answer; null when the model only calls tools. */
  content: string | null;

  /** Why the model refused to answer. */
  refusal?: string | null;

  /** The tools that the model calls. */
  tool_calls?: ToolCall[] | null;
}

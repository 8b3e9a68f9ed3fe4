// Generated from the API's description. Changes to this file are overwritten.
import type { Role } from './role.js';
import type { ToolCallDelta } from './tool-call-delta.js';

/** What is new in the message. */
export interface ChatDelta {
  /** Who wrote a message. */
  role?: Role;

  /** The next piece of the text. */
  content?: string | null;

  /** The next piece of the refusal. */
  refusal?: string | null;

  /** The next pieces of tool calls. */
  tool_calls?: ToolCallDelta[] | null;
}

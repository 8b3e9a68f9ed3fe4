// Generated from the API's description. Changes to this file are overwritten.
import type { TextContent } from './text-content.js';

/** What a tool answered. */
export interface ToolMessage {
  /** Always `tool`. */
  role: 'tool';

  /** Text, whole or in parts. */
  content: TextContent;

  /** The `id` of the tool call that this answers. */
  tool_call_id: string;
}

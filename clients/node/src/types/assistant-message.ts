// Generated from the API's description. Changes to this file are overwritten.
import type { AssistantContent } from './assistant-content.js';
import type { ToolCall } from './tool-call.js';

/** An earlier answer of the model. */
export interface AssistantMessage {
  /** Always `assistant`. */
  role: 'assistant';

  /** The answer. It may be missing when there are tool calls. */
  content?: AssistantContent | null | undefined;

  /** Why the model refused to answer. */
  refusal?: string | null | undefined;

  /** The tools that the model called. */
  tool_calls?: ToolCall[] | null | undefined;

  /** Tells participants of the same role apart. */
  name?: string | undefined;
}

// Generated from the API's description. Changes to this file are overwritten.
import type { TextContent } from './text-content.js';

/** Instructions that hold for the whole conversation. */
export interface SystemMessage {
  /** Always `system`. */
  role: 'system';

  /** Text, whole or in parts. */
  content: TextContent;

  /** Tells participants of the same role apart. */
  name?: string | undefined;
}

// Generated from the API's description. Changes to this file are overwritten.
import type { TextContent } from './text-content.js';

/** Instructions of the application's developer, which come before those of the user. */
export interface DeveloperMessage {
  /** Always `developer`. */
  role: 'developer';

  /** Text, whole or in parts. */
  content: TextContent;

  /** Tells participants of the same role apart. */
  name?: string | undefined;
}

// Generated from the API's description. Changes to this file are overwritten.
import type { UserContent } from './user-content.js';

/** What the user says. */
export interface UserMessage {
  /** Always `user`. */
  role: 'user';

  /** What the user says. */
  content: UserContent;

  /** Tells participants of the same role apart. */
  name?: string | undefined;
}

// Generated from the API's description. Changes to this file are overwritten.
import { hasUnknownTag } from '../runtime/unions.js';
import type { UnknownVariant } from '../runtime/index.js';
import type { AssistantMessage } from './assistant-message.js';
import type { DeveloperMessage } from './developer-message.js';
import type { SystemMessage } from './system-message.js';
import type { ToolMessage } from './tool-message.js';
import type { UserMessage } from './user-message.js';

/** One message of a conversation. */
export type ChatMessage =
  DeveloperMessage | SystemMessage | UserMessage | AssistantMessage | ToolMessage | UnknownVariant<'role'>;

/** Whether the value is a variant that is newer than this package. */
export function isUnknownChatMessage(value: ChatMessage): value is UnknownVariant<'role'> {
  return hasUnknownTag(value, { role: ['developer', 'system', 'user', 'assistant', 'tool'] });
}

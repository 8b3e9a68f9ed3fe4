// Generated from the API's description. Changes to this file are overwritten.
import { hasUnknownTag } from '../runtime/unions.js';
import type { UnknownVariant } from '../runtime/index.js';
import type { RefusalPart } from './refusal-part.js';
import type { TextPart } from './text-part.js';

/** A part of an earlier answer. */
export type AssistantContentPart = TextPart | RefusalPart | UnknownVariant<'type'>;

/** Whether the value is a variant that is newer than this package. */
export function isUnknownAssistantContentPart(value: AssistantContentPart): value is UnknownVariant<'type'> {
  return hasUnknownTag(value, { type: ['text', 'refusal'] });
}

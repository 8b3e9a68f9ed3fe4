// Generated from the API's description. Changes to this file are overwritten.
import { hasUnknownTag } from '../runtime/unions.js';
import type { UnknownVariant } from '../runtime/index.js';
import type { ImagePart } from './image-part.js';
import type { TextPart } from './text-part.js';

/** A part of what the user says. */
export type ContentPart = TextPart | ImagePart | UnknownVariant<'type'>;

/** Whether the value is a variant that is newer than this package. */
export function isUnknownContentPart(value: ContentPart): value is UnknownVariant<'type'> {
  return hasUnknownTag(value, { type: ['text', 'image_url'] });
}

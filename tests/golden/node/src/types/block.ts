// Generated from the API's description. Changes to this file are overwritten.
import { hasUnknownTag } from '../runtime/unions.js';
import type { UnknownVariant } from '../runtime/index.js';
import type { Checklist } from './checklist.js';
import type { TextBlock } from './text-block.js';

export type Block = TextBlock | Checklist | UnknownVariant<'type'>;

/** Whether the value is a variant that is newer than this package. */
export function isUnknownBlock(value: Block): value is UnknownVariant<'type'> {
  return hasUnknownTag(value, { type: ['text', 'checklist'] });
}

// Generated from the API's description. Changes to this file are overwritten.
import { hasUnknownTag } from '../runtime/unions.js';
import type { UnknownVariant } from '../runtime/index.js';
import type { JsonObjectFormat } from './json-object-format.js';
import type { JsonSchemaFormat } from './json-schema-format.js';
import type { TextFormat } from './text-format.js';

/** The form that the answer must have. */
export type ResponseFormat = TextFormat | JsonObjectFormat | JsonSchemaFormat | UnknownVariant<'type'>;

/** Whether the value is a variant that is newer than this package. */
export function isUnknownResponseFormat(value: ResponseFormat): value is UnknownVariant<'type'> {
  return hasUnknownTag(value, { type: ['text', 'json_object', 'json_schema'] });
}

// Generated from the API's description. Changes to this file are overwritten.
import type { TextPart } from './text-part.js';

/** Text, whole or in parts. */
export type TextContent = string | TextPart[];

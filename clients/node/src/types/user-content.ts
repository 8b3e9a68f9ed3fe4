// Generated from the API's description. Changes to this file are overwritten.
import type { ContentPart } from './content-part.js';

/** What the user says. */
export type UserContent = string | ContentPart[];

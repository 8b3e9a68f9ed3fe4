// Generated from the API's description. Changes to this file are overwritten.
import type { AssistantContentPart } from './assistant-content-part.js';

/** What the model answered. */
export type AssistantContent = string | AssistantContentPart[];

// Generated from the API's description. Changes to this file are overwritten.
import type { NamedToolChoice } from './named-tool-choice.js';
import type { ToolChoiceMode } from './tool-choice-mode.js';

/** Whether the model calls tools, and which. */
export type ToolChoice = ToolChoiceMode | NamedToolChoice;

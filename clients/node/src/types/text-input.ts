// Generated from the API's description. Changes to this file are overwritten.
import type { TextInputItem } from './text-input-item.js';

/** A text, or several of them, each as a text or as token ids. A list of token ids alone is one text. */
export type TextInput = string | TextInputItem[];

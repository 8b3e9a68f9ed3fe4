// Generated from the API's description. Changes to this file are overwritten.
import type { Note } from './note.js';

export interface NoteList {
  data: Note[];
  has_more: boolean;
}

// Generated from the API's description. Changes to this file are overwritten.
import { NotesCore } from './core.js';
import { NotesResource } from './resources/notes.js';

/** The client: all resources of the API. */
export class Notes extends NotesCore {
  /** Everything that was written down. */
  readonly notes = new NotesResource(this);
}

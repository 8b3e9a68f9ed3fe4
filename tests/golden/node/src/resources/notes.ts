// Generated from the API's description. Changes to this file are overwritten.
import { APIResource } from '../runtime/resource.js';
import { NotesFilesResource } from './notes/files.js';
import type { APIPromise, Operation, PagePromise, RequestOptions, Stream } from '../runtime/index.js';
import type { Block } from '../types/block.js';
import type { NewNote } from '../types/new-note.js';
import type { NoteList } from '../types/note-list.js';
import type { Note } from '../types/note.js';

/** The params of `notes.list`. */
export interface NotesListParams {
  after?: string | undefined;

  /**
   * The most notes in one page.
   *
   * @default 20
   */
  limit?: number | undefined;
  'X-Trace'?: string | undefined;
}

/** The params of `notes.create`. */
export type NotesCreateParams = NotesCreateParamsNonStreaming | NotesCreateParamsStreaming;

/** For the whole answer at once. */
export interface NotesCreateParamsNonStreaming extends NewNote {
  stream?: false | undefined;
}

/** For the answer as a stream. */
export interface NotesCreateParamsStreaming extends NewNote {
  stream: true;
}

const listOperation: Operation = {
  id: 'listNotes',
  method: 'GET',
  path: '/notes',
  parameters: [
    { name: 'after', in: 'query' },
    { name: 'limit', in: 'query' },
    { name: 'X-Trace', in: 'header' },
  ],
  response: { kind: 'json' },
  pagination: {
    style: 'cursor',
    items: ['data'],
    member: 'after',
    cursorField: 'id',
    hasMore: ['has_more'],
    limitMember: 'limit',
  },
};
const createOperation: Operation = {
  id: 'createNote',
  method: 'POST',
  path: '/notes',
  body: { kind: 'json', contentType: 'application/json', required: true },
  response: { kind: 'json' },
};
const createStreamOperation: Operation = {
  ...createOperation,
  response: { kind: 'sse', terminator: '[DONE]' },
};
const retrieveOperation: Operation = {
  id: 'retrieveNote',
  method: 'GET',
  path: '/notes/{note_id}',
  parameters: [{ name: 'note_id', in: 'path' }],
  response: { kind: 'json' },
};
const deleteOperation: Operation = {
  id: 'deleteNote',
  method: 'DELETE',
  path: '/notes/{note_id}',
  parameters: [{ name: 'note_id', in: 'path' }],
  response: { kind: 'none' },
};

/** Everything that was written down. */
export class NotesResource extends APIResource {
  readonly files = new NotesFilesResource(this);

  /**
   * List notes
   *
   * @example
   * for await (const item of client.notes.list()) console.log(item);
   */
  list(params?: NotesListParams, options?: RequestOptions): PagePromise<Note, NoteList> {
    return this._caller.pages<Note, NoteList>(listOperation, params, options);
  }

  /**
   * Write a note
   *
   * The note as it is understood, or with `stream` its pieces as they come.
   *
   * @example
   * const result = await client.notes.create({ blocks: [{ type: 'text', text: 'Buy milk' }] });
   */
  create(params: NotesCreateParamsNonStreaming, options?: RequestOptions): APIPromise<Note>;
  /**
   * The same as a stream.
   *
   * @example
   * const stream = await client.notes.create({ blocks: [{ type: 'text', text: 'Buy milk' }], stream: true });
   * for await (const event of stream) console.log(event);
   */
  create(params: NotesCreateParamsStreaming, options?: RequestOptions): APIPromise<Stream<Block>>;
  create(params: NotesCreateParams, options?: RequestOptions): APIPromise<Note | Stream<Block>>;
  create(params: NotesCreateParams, options?: RequestOptions): APIPromise<Note | Stream<Block>> {
    return params.stream === true
      ? this._caller.stream<Block>(createStreamOperation, params, options)
      : this._caller.call<Note>(createOperation, params, options);
  }

  /**
   * Get a note
   *
   * @param noteId The note's id.
   * @example
   * const result = await client.notes.retrieve('note_id');
   */
  retrieve(noteId: string, options?: RequestOptions): APIPromise<Note> {
    return this._caller.call<Note>(retrieveOperation, { note_id: noteId }, options);
  }

  /**
   * `DELETE /notes/{note_id}`
   *
   * @deprecated Notes fade by themselves.
   * @param noteId The note's id.
   * @example
   * await client.notes.delete('note_id');
   */
  delete(noteId: string, options?: RequestOptions): APIPromise<void> {
    return this._caller.call<void>(deleteOperation, { note_id: noteId }, options);
  }
}

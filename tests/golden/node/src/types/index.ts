// Generated from the API's description. Changes to this file are overwritten.

export type * from './attach-file-request.js';
export * from './block.js';
export type * from './checklist.js';
export type * from './error.js';
export type * from './mood.js';
export type * from './new-note.js';
export type * from './note.js';
export type * from './note-list.js';
export type * from './text-block.js';

// Generated from the API's description. Changes to this file are overwritten.

export * from './notes.js';
export * from './notes/files.js';

// Generated from the API's description. Changes to this file are overwritten.

export * from './chat.js';
export * from './chat/completions.js';
export * from './completions.js';
export * from './embeddings.js';
export * from './health.js';
export * from './models.js';
export * from './providers.js';
export * from './version.js';

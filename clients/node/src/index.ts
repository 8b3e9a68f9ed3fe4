// Generated from the API's description. Changes to this file are overwritten.

export * from './client.js';
export { PolyportCore } from './core.js';
export * from './resources/index.js';
export * from './runtime/index.js';
export * from './types/index.js';

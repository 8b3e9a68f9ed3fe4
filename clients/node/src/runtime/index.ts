/** The public part of the runtime. */
export { BaseClient } from './client.js';
export * from './errors.js';
export { HttpTransport, type Fetch, type FetchOptions, type HttpTransportOptions } from './http.js';
export type { Logger, LogLevel } from './log.js';
export type { CallArguments, Operation } from './operation.js';
export type {
  ApiInfo,
  ApiKey,
  ClientOptions,
  HeaderOptions,
  RequestEvent,
  RequestOptions,
  ResponseEvent,
  UndocumentedOptions,
} from './options.js';
export { Page, PagePromise } from './pages.js';
export { APIPromise, type WithResponse } from './promise.js';
export { APIResource } from './resource.js';
export type { ServerSentEvent } from './sse.js';
export { Stream, type Accumulator } from './stream.js';
export type { Outcome, Transport, TransportRequest } from './transport.js';
export { hasUnknownTag, type UnknownVariant, type Untagged } from './unions.js';
export { fileFromPath, toFile, type Uploadable } from './uploads.js';

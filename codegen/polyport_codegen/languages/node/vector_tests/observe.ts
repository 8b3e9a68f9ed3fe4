/** What a vector wants to be seen, and what was seen: see `tests/vectors/README.md` of the generator. */

import {
  APIConnectionError,
  APIDecodingError,
  APIError,
  APIStatusError,
  APIStreamError,
  APITimeoutError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  MissingCredentialError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from '../../src/runtime/errors.js';

export interface ErrorExpectation {
  kind?: string;
  status?: number;
  message_contains?: string | string[];
  message_lacks?: string | string[];
  request_id?: string;
  retry_after_ms?: number;
  body?: unknown;
  data?: Read[];
}

export interface Read {
  event?: number;
  path: (string | number)[];
  value?: unknown;
  variant?: string;
}

export interface Observation {
  result?: unknown;
  events?: unknown[];
  items?: unknown[];
  status?: number;
  headers?: Headers;
  error?: unknown;
}

export interface Expectation {
  result?: unknown;
  events?: unknown[];
  items?: unknown[];
  reads?: Read[];
  error?: ErrorExpectation;
  status?: number;
  headers?: Record<string, string>;
  requests?: number;
  client_closed?: boolean;
}

export interface Vector {
  name: string;
  operation: string;
  mode: 'plain' | 'stream' | 'events' | 'sum' | 'pages' | 'raw';
  client?: {
    max_retries?: number;
    timeout_ms?: number;
    idle_timeout_ms?: number;
    api_key?: string;
    base_query?: string;
    credentials?: Record<string, string>;
  };
  arguments?: VectorArguments;
  cancel?: { after_events?: number; after_ms?: number };
  observe: Expectation;
}

export interface VectorArguments {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  header?: Record<string, unknown>;
  cookie?: Record<string, unknown>;
  body?: unknown;
}

const KINDS: [string, new (...args: never[]) => Error][] = [
  ['BadRequest', BadRequestError],
  ['Authentication', AuthenticationError],
  ['PermissionDenied', PermissionDeniedError],
  ['NotFound', NotFoundError],
  ['Conflict', ConflictError],
  ['UnprocessableEntity', UnprocessableEntityError],
  ['RateLimit', RateLimitError],
  ['InternalServer', InternalServerError],
  ['APIStatus', APIStatusError],
  ['MissingCredential', MissingCredentialError],
  ['Timeout', APITimeoutError],
  ['Connection', APIConnectionError],
  ['Decoding', APIDecodingError],
  ['Stream', APIStreamError],
  ['InvalidArgument', APIError],
];

/** The name of an error's kind; a cancelled call rejects with the reason of the signal. */
export function errorKind(error: unknown): string {
  const found = KINDS.find(([, type]) => error instanceof type);
  if (found) return found[0];
  return error instanceof DOMException && error.name === 'AbortError' ? 'Cancelled' : String(error);
}

export function errorObservation(error: unknown): Record<string, unknown> {
  const status = error instanceof APIStatusError ? error : undefined;
  const body = error instanceof APIStreamError ? error.body : status?.body;
  return {
    kind: errorKind(error),
    status: status?.status,
    request_id: status?.requestId,
    retry_after_ms: status?.retryAfter,
    body,
  };
}

import type { CallArguments, Operation } from './operation.js';
import type { ServerSentEvent } from './sse.js';

/**
 * The seam between the typed client and the wire, at the level of one operation. Retries, hooks, deadlines and
 * idempotency keys are above it; URLs, bytes and connections are below.
 */
export interface Transport {
  /**
   * Makes one try. It resolves for every status, and throws an `APIConnectionError` when no answer arrived. Answers
   * that are not streamed have been read to their end when it resolves.
   */
  send(request: TransportRequest): Promise<Outcome>;
}

/** One try of one call. */
export interface TransportRequest {
  readonly operation: Operation;
  /** The path with its parameters filled in. */
  readonly path: string;
  /** The URL that is fetched in place of the server's, the path and query parameters: a page that an answer links to. */
  readonly link?: string | undefined;
  readonly arguments: CallArguments;
  /** Metadata: authentication, idempotency key, the caller's own headers. */
  readonly headers: Headers;
  /** The names of those headers that must not reach another origin. */
  readonly secretHeaders: readonly string[];
  /** Query members that the description does not know. */
  readonly extraQuery: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
  /** How long a stream may be silent, in milliseconds. */
  readonly idleTimeout: number;
}

/** What came back, in terms that every transport has. */
export interface Outcome {
  readonly status: number;
  readonly headers: Headers;
  /** The URL that was asked, before any redirect; `undefined` where there are no URLs. */
  readonly url?: URL | undefined;
  /** How long the server asked to wait before another try, in milliseconds. */
  readonly retryAfter: number | undefined;
  /** The body of an answer that has not been read to its end; none where there are no bodies, or none is left to read. */
  readonly openBody?: object | undefined;
  /** The decoded answer, or the decoded error body. Throws `APIDecodingError`. */
  value(): unknown;
  /** What the events of a streamed answer give. Leaving the iteration closes the connection. */
  messages(): AsyncIterable<unknown>;
  /** The events of a streamed answer as they came, in place of `messages`. */
  events(): AsyncIterable<ServerSentEvent>;
  /** The HTTP response; a transport without one throws an `APIError` that says so. */
  response(): Response;
}

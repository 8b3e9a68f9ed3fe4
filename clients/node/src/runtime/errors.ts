/**
 * The one tree of errors. Everything that this package throws on its own account is an `APIError`; a call that was
 * cancelled through an `AbortSignal` rejects with the signal's reason, as `fetch` does.
 */

/** The root of the tree. */
export class APIError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The call needs a credential that the client has not: nothing was sent. */
export class MissingCredentialError extends APIError {}

/** What a status error knows about the answer that it stands for. */
export interface StatusErrorDetails {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  /** The decoded JSON body, or its text when it is not JSON. */
  readonly body: unknown;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfter: number | undefined;
}

/** The server answered, with a status outside 200-299. */
export class APIStatusError extends APIError {
  readonly status: number;
  readonly headers: Headers;
  /** The decoded JSON body, or its text when it is not JSON. */
  readonly body: unknown;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfter: number | undefined;
  /** The `x-request-id` header: name it when you report a problem. */
  readonly requestId: string | undefined;

  constructor(details: StatusErrorDetails) {
    const requestId = details.headers.get('x-request-id') ?? undefined;
    const said = serverMessage(details.body);
    super(
      `${details.method} ${details.path}: ${details.status}${said ? ` ${said}` : ''}` +
        (requestId ? ` (request id ${requestId})` : ''),
    );
    this.status = details.status;
    this.headers = details.headers;
    this.body = details.body;
    this.retryAfter = details.retryAfter;
    this.requestId = requestId;
  }

  /**
   * The body as a type of the API, such as its method documents for this status; `undefined` when it is no object or list.
   *
   * @example
   * if (error instanceof NotFoundError) console.log(error.bodyAs<Problem>()?.title);
   */
  bodyAs<T extends object>(): T | undefined {
    return typeof this.body === 'object' && this.body !== null ? (this.body as T) : undefined;
  }
}

/** 400: the request is malformed. */
export class BadRequestError extends APIStatusError {}
/** 401: the key is missing or wrong. */
export class AuthenticationError extends APIStatusError {}
/** 403: the key may not do this. */
export class PermissionDeniedError extends APIStatusError {}
/** 404: there is no such thing. */
export class NotFoundError extends APIStatusError {}
/** 409: the state of the resource forbids it. */
export class ConflictError extends APIStatusError {}
/** 422: well formed, but not acceptable. */
export class UnprocessableEntityError extends APIStatusError {}
/** 429: too many requests; see `retryAfter`. */
export class RateLimitError extends APIStatusError {}
/** 500 and above: the server failed. */
export class InternalServerError extends APIStatusError {}

/** No answer arrived: the connection could not be made, or broke. */
export class APIConnectionError extends APIError {}

/** No answer arrived in time, or a stream fell silent. */
export class APITimeoutError extends APIConnectionError {}

/** The answer could not be decoded. */
export class APIDecodingError extends APIError {
  /** The bytes as they came. */
  readonly raw: Uint8Array;

  constructor(message: string, raw: Uint8Array, options?: { cause?: unknown }) {
    super(message, options);
    this.raw = raw;
  }
}

/** A stream carried an error event, or ended before its time. */
export class APIStreamError extends APIError {
  /** The decoded data of the error event; `undefined` when the stream was cut short. */
  readonly body: unknown;

  constructor(message: string, body?: unknown, options?: { cause?: unknown }) {
    super(message, options);
    this.body = body;
  }
}

/** The error class of a status. */
export function statusError(details: StatusErrorDetails): APIStatusError {
  const known: Record<number, new (details: StatusErrorDetails) => APIStatusError> = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
  };
  const type = details.status >= 500 ? InternalServerError : known[details.status];
  return new (type ?? APIStatusError)(details);
}

/**
 * The server's own words in an error body: `error.message`, `message`, `error` or `detail`, else the first 200
 * characters of the text.
 */
export function serverMessage(body: unknown): string {
  if (typeof body === 'string') return body.slice(0, 200);
  if (typeof body !== 'object' || body === null) return body === undefined ? '' : String(body);
  const { error, message, detail } = body as Record<string, unknown>;
  const inner = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  for (const candidate of [inner['message'], message, error, detail]) {
    if (typeof candidate === 'string') return candidate;
  }
  return JSON.stringify(body).slice(0, 200);
}

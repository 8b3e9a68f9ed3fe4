import type { Fetch, FetchOptions } from './http.js';
import type { Logger, LogLevel } from './log.js';
import type { Schemes, SecuritySpec } from './security.js';
import type { ServersSpec } from './servers.js';
import type { Transport } from './transport.js';

/** Extra headers of a call; `null` takes a default one away. */
export type HeaderOptions = Readonly<Record<string, string | null | undefined>>;

/** A key, or a function that gives a fresh one for every try. */
export type ApiKey = string | (() => string | Promise<string>);

/** What `onRequest` sees, before each try. */
export interface RequestEvent {
  /** The operation's id; `METHOD /path` for calls that the API's description does not know. */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  /** May be changed. */
  readonly headers: Headers;
  /** 0 for the first try. */
  readonly attempt: number;
}

/** What `onResponse` sees, after each try that was answered. */
export interface ResponseEvent extends RequestEvent {
  readonly status: number;
  readonly responseHeaders: Headers;
  /** From the request to the answer (of a stream: to its headers), in milliseconds. */
  readonly duration: number;
}

/** How a client is set up. Arguments beat the environment. */
export interface ClientOptions<
  Scheme extends string = string,
  Server extends string = string,
  Variable extends string = string,
> {
  /** Default: `<PREFIX>_BASE_URL`, else the API's own address. It stands in for all servers but those relative to it. */
  readonly baseURL?: string | undefined;
  /** The name of one of the servers of the API's description. Default: `<PREFIX>_SERVER`, else the first. */
  readonly server?: Server | (string & {}) | undefined;
  /**
   * What stands for the variables in servers' URLs. Default: an environment variable for each, else what the description
   * says.
   */
  readonly serverVariables?: Readonly<Partial<Record<Variable, string | undefined>>> | undefined;
  /** For calls that need a single credential. Default: `<PREFIX>_API_KEY`; `null` or an empty text sends none. */
  readonly apiKey?: ApiKey | null | undefined;
  /**
   * Credentials by security scheme, for calls that need several or another one; a basic one is `user:password`. Default: a
   * variable of its own for each, unless `apiKey` is given.
   */
  readonly credentials?: Readonly<Partial<Record<Scheme, ApiKey | undefined>>> | undefined;
  /**
   * For one try, in milliseconds; a stream's ends when its headers have arrived. Default: 600 000. Node's own `fetch` waits
   * 300 000 for headers at most: for more, give it a `dispatcher` with another `headersTimeout`.
   */
  readonly timeout?: number | undefined;
  /** Longest silence of a stream, in milliseconds. Default: 120 000. */
  readonly idleTimeout?: number | undefined;
  /** Default: 2. */
  readonly maxRetries?: number | undefined;
  /** The wait before the first retry, in milliseconds; it doubles with each. Default: 500. */
  readonly initialRetryDelay?: number | undefined;
  /** No wait grows past this, in milliseconds. Default: 8000. */
  readonly maxRetryDelay?: number | undefined;
  readonly defaultHeaders?: HeaderOptions | undefined;
  readonly defaultQuery?: Readonly<Record<string, unknown>> | undefined;
  /** Your own `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** More for every `fetch`: `credentials`, `cache`, or the `dispatcher` of a proxy or CA. */
  readonly fetchOptions?: FetchOptions | undefined;
  /** In place of HTTP. */
  readonly transport?: Transport | undefined;
  /** Called before each try; may change the headers. */
  readonly onRequest?: ((event: RequestEvent) => void | Promise<void>) | undefined;
  /** Called after each try that was answered. */
  readonly onResponse?: ((event: ResponseEvent) => void | Promise<void>) | undefined;
  /** Default: `console`. Secrets are never logged. */
  readonly logger?: Logger | undefined;
  /** Default: `<PREFIX>_LOG`, else `warn`. */
  readonly logLevel?: LogLevel | undefined;
}

/** What can be changed for one call. */
export interface RequestOptions {
  /** For one try, in milliseconds. */
  readonly timeout?: number | undefined;
  /** Longest silence of a stream, in milliseconds. */
  readonly idleTimeout?: number | undefined;
  readonly maxRetries?: number | undefined;
  /** Aborting it cancels the call and closes the connection. */
  readonly signal?: AbortSignal | null | undefined;
  readonly headers?: HeaderOptions | undefined;
  /** Query members beside those of the API. */
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** Members beside those of the API, for a JSON object or form body. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
  /**
   * The same over all tries; default: a random one for everything but GET and HEAD. In browsers there is none by default,
   * since few servers let pages of other origins send it (CORS).
   */
  readonly idempotencyKey?: string | undefined;
}

/** A call that the API's description does not know. */
export interface UndocumentedOptions extends RequestOptions {
  /** JSON; text, bytes, Blob, FormData, URLSearchParams and streams are sent as they are. */
  readonly body?: unknown;
}

/** What generated code says about the API as a whole. */
export interface ApiInfo {
  /** The published package's name. */
  readonly package: string;
  readonly version: string;
  /** Of environment variables: `ACME` for `ACME_API_KEY`. */
  readonly envPrefix: string;
  /** Empty when the API's description has none that can be called. */
  readonly baseURL: string;
  /** How credentials are shown, by scheme. */
  readonly schemes?: Schemes;
  /** The credentials that are needed where an operation does not say otherwise. */
  readonly security?: SecuritySpec;
  /** Headers that no log may show, in lower case. */
  readonly secretHeaders: readonly string[];
  readonly servers?: ServersSpec;
}

/** The transport over HTTP, by `fetch`. */

import { encodeBody } from './body.js';
import { APIConnectionError, APIDecodingError, APIError } from './errors.js';
import { parseJSON, parseJSONOrText } from './json.js';
import { readEvents, readMessages, type MessageSource } from './messages.js';
import type { AnswerKind, ResponseSpec } from './operation.js';
import { cookiePairs, headerText, queryPairs } from './parameters.js';
import { describe, isRedirect, Redirects, removeSecrets } from './redirects.js';
import { parseRetryAfter } from './retry.js';
import { addCookies, headerBytes } from './security.js';
import type { ServerSentEvent } from './sse.js';
import type { Outcome, Transport, TransportRequest } from './transport.js';

/** The signature of `fetch`. */
export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** What `fetch` takes, and what only some runtimes take (`dispatcher`, `client`, `proxy`, `cf`). */
export type FetchOptions = RequestInit & Readonly<Record<string, unknown>>;

export interface HttpTransportOptions {
  readonly baseURL: string;
  /** Operations with an absolute server of their own go there (only where the base URL is not the caller's own choice). */
  readonly useOperationServers?: boolean;
  /** The URL of an operation's own server, by what the operation says; default: that. */
  readonly ownServer?: (server: string) => string;
  /** Default: the global `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** More for every `fetch`: a proxy's `dispatcher`, `credentials`, `cache`. */
  readonly fetchOptions?: FetchOptions | undefined;
}

export class HttpTransport implements Transport {
  readonly #options: HttpTransportOptions;

  constructor(options: HttpTransportOptions) {
    this.#options = options;
  }

  async send(request: TransportRequest): Promise<Outcome> {
    if (this.#options.fetch === undefined && /^(connect|trace|track)$/i.test(request.operation.method)) {
      // The Fetch standard forbids these methods (2.2.1): no try can go well.
      throw new APIError(
        `${describe(request)}: fetch cannot send this method; give the client a transport that can`,
      );
    }
    const url = requestURL(this.#options, request);
    const init = requestInit(request, this.#options.fetchOptions);
    try {
      const response = await this.#follow(url, init, request);
      const live = response.ok && isLive(request.operation.response, response);
      const bytes = live ? undefined : new Uint8Array(await response.arrayBuffer());
      return new HttpOutcome(request, url, response, bytes);
    } catch (error) {
      if (error instanceof APIError || request.signal.aborted) throw error;
      throw new APIConnectionError(`${describe(request)}: ${reason(error)}`, { cause: error });
    }
  }

  /** Follows redirects. */
  async #follow(
    start: URL,
    init: RequestInit & { headers: Headers },
    request: TransportRequest,
  ): Promise<Response> {
    const fetch = this.#options.fetch ?? ((input, options) => globalThis.fetch(input, options));
    const redirects = new Redirects(start, init, request);
    for (;;) {
      const response = await fetch(redirects.url.href, init);
      if (response.type === 'opaqueredirect') {
        // A browser hides where to. It follows by itself, but takes only Authorization away on the way to another origin.
        removeSecrets(init.headers, request.secretHeaders, 'authorization');
        return fetch(redirects.url.href, { ...init, redirect: 'follow' });
      }
      if (!isRedirect(response)) return response;
      await response.body?.cancel();
      redirects.follow(response);
    }
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'connection failed';
  const cause = error.cause instanceof Error ? error.cause.message : '';
  return `connection failed: ${cause || error.message}`;
}

function requestURL(options: HttpTransportOptions, request: TransportRequest): URL {
  const { operation, extraQuery, link } = request;
  const isOwn = options.useOperationServers || !operation.server?.includes('://');
  const server = isOwn && link === undefined ? operation.server : undefined;
  const base =
    server === undefined
      ? new URL(link ?? options.baseURL)
      : besideBase(options.baseURL, options.ownServer?.(server) ?? server);
  const pairs = (operation.parameters ?? [])
    .filter((spec) => spec.in === 'query')
    .flatMap((spec) => queryPairs(spec, request.arguments.query[spec.name]));
  for (const [name, value] of Object.entries(extraQuery)) pairs.push(...queryPairs({ name }, value));
  const query = [base.search.slice(1), ...pairs].filter((part) => part !== '').join('&');
  const path = link ? base.pathname : `${base.pathname.replace(/\/+$/, '')}${request.path}`;
  return new URL(`${base.origin}${path}${query ? `?${query}` : ''}`);
}

/** A server that may be relative to the base URL, as a folder (RFC 3986, section 5.2); then the query of that stays. */
function besideBase(baseURL: string, server: string): URL {
  if (server.includes('://')) return new URL(server);
  const folder = new URL(baseURL);
  const { search } = folder;
  folder.search = '';
  folder.pathname = `${folder.pathname.replace(/\/+$/, '')}/`;
  const url = new URL(server, folder);
  url.search = search;
  return url;
}

function requestInit(
  request: TransportRequest,
  fetchOptions: FetchOptions | undefined,
): RequestInit & { headers: Headers } {
  const { operation } = request;
  const headers = new Headers(request.headers);
  const setDefault = (name: string, value: string): void => {
    if (value && !headers.has(name)) headers.set(name, value);
  };
  const cookies: string[] = [];
  for (const spec of operation.parameters ?? []) {
    const text = spec.in === 'header' ? headerText(spec, request.arguments.header[spec.name]) : undefined;
    if (text !== undefined && !headers.has(spec.name)) headers.set(spec.name, headerBytes(spec.name, text));
    if (spec.in === 'cookie') cookies.push(...cookiePairs(spec, request.arguments.cookie[spec.name]));
  }
  addCookies(headers, cookies);
  setDefault('accept', operation.response.accept ?? DEFAULT_ACCEPT[operation.response.kind]);
  const init: RequestInit & { headers: Headers; duplex?: 'half' } = {
    ...fetchOptions,
    method: operation.method,
    headers,
    signal: request.signal,
    redirect: 'manual',
  };
  if (operation.body !== undefined && request.arguments.body !== undefined) {
    const encoded = encodeBody(operation.body, request.arguments.body);
    setDefault('content-type', encoded.contentType);
    init.body = encoded.body;
    init.duplex = 'half'; // demanded for bodies that are streams, harmless otherwise
  }
  return init;
}

const DEFAULT_ACCEPT: Record<ResponseSpec['kind'], string> = {
  json: 'application/json',
  text: 'text/plain',
  binary: '*/*',
  sse: 'text/event-stream',
  jsonl: 'application/jsonl',
  mixed: '*/*',
  none: 'application/json', // what an error comes as
  auto: 'application/json, */*;q=0.5',
};

/** Whether the answer is handed over unread. */
function isLive(spec: ResponseSpec, response: Response): boolean {
  if (spec.kind === 'auto' || spec.kind === 'mixed') return answerKind(spec, response.headers) === 'binary';
  return spec.kind === 'sse' || spec.kind === 'jsonl' || spec.kind === 'binary';
}

const ANSWERS: readonly AnswerKind[] = ['binary', 'text', 'json'];

/** What an answer is, by its content type; what has no form of its own is taken by the first that can carry it. */
function answerKind(spec: ResponseSpec, headers: Headers): AnswerKind {
  const type = (headers.get('content-type') ?? '').toLowerCase();
  const isText = type.startsWith('text/') && !type.startsWith('text/event-stream');
  const natural = /^[^;]*[/+]json\b/.test(type) ? 'json' : isText ? 'text' : 'binary';
  const answers = spec.answers ?? ANSWERS;
  return answers.includes(natural) ? natural : (ANSWERS.find((kind) => answers.includes(kind)) ?? natural);
}

/** Text in the charset that its content type names; UTF-8 without one, or for one that nobody knows. */
function decodeText(bytes: Uint8Array, contentType: string): string {
  const charset = /;\s*charset="?([^\s;"]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset, { ignoreBOM: true });
  } catch {
    decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  }
  return decoder.decode(bytes);
}

class HttpOutcome implements Outcome {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly retryAfter: number | undefined;
  readonly #request: TransportRequest;
  readonly #response: Response;
  readonly #bytes: Uint8Array<ArrayBuffer> | undefined;

  constructor(
    request: TransportRequest,
    url: URL,
    response: Response,
    bytes: Uint8Array<ArrayBuffer> | undefined,
  ) {
    this.url = url;
    this.status = response.status;
    this.headers = response.headers;
    this.retryAfter = parseRetryAfter(response.headers);
    this.#request = request;
    this.#response = response;
    this.#bytes = bytes;
  }

  get openBody(): object | undefined {
    return this.#bytes === undefined ? (this.#response.body ?? undefined) : undefined;
  }

  value(): unknown {
    const spec = this.#request.operation.response;
    const { kind, optional } = spec;
    const bytes = this.#bytes;
    if (bytes === undefined) return this.response();
    if (!this.#response.ok) return parseJSONOrText(new TextDecoder().decode(bytes));
    if (kind === 'none' || (optional && bytes.length === 0)) return undefined;
    if (this.status === 204 && kind !== 'json') return undefined;
    const isText =
      kind === 'mixed' || kind === 'auto' ? answerKind(spec, this.headers) === 'text' : kind === 'text';
    if (!isText) return this.#json(bytes);
    const text = decodeText(bytes, this.headers.get('content-type') ?? '');
    return kind === 'auto' ? parseJSONOrText(text) : text;
  }

  #json(bytes: Uint8Array): unknown {
    if (bytes.length === 0) {
      throw new APIDecodingError(`${describe(this.#request)}: empty body`, bytes);
    }
    try {
      return parseJSON(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new APIDecodingError(`${describe(this.#request)}: not JSON: ${message}`, bytes, {
        cause: error,
      });
    }
  }

  messages(): AsyncIterable<unknown> {
    return readMessages(this.#source());
  }

  events(): AsyncIterable<ServerSentEvent> {
    return readEvents(this.#source());
  }

  #source(): MessageSource {
    return {
      body: this.#response.body,
      spec: this.#request.operation.response,
      describe: describe(this.#request),
      idleTimeout: this.#request.idleTimeout,
      signal: this.#request.signal,
    };
  }

  response(): Response {
    if (this.#bytes === undefined) return this.#response;
    const { status, statusText, headers } = this.#response;
    const empty = status === 204 || status === 205 || status === 304;
    return new Response(empty ? null : this.#bytes, { status, statusText, headers });
  }
}

import { prepareBody } from './body.js';
import { APIConnectionError, APIError, APITimeoutError, statusError } from './errors.js';
import { redacted, type Logger } from './log.js';
import type { CallArguments, Operation } from './operation.js';
import type {
  ApiInfo,
  ApiKey,
  ClientOptions,
  HeaderOptions,
  RequestEvent,
  RequestOptions,
} from './options.js';
import { expandPath } from './parameters.js';
import { platformName, randomUUID, readEnv } from './platform.js';
import { isRetryable, retryDelay, sleep, type RetryPolicy } from './retry.js';
import type { CallScope } from './scope.js';
import { addCookies, showCredential, wantedCredentials, type Credentials } from './security.js';
import type { Outcome, Transport, TransportRequest } from './transport.js';

/** Timers hold 31 bits; a longer time is no limit in practice. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** What is the same over all tries of a call. */
interface Call {
  readonly operation: Operation;
  readonly path: string;
  readonly arguments: CallArguments;
  readonly options: RequestOptions;
  readonly idempotencyKey: string | undefined;
  readonly scope: CallScope;
  /** The page that an answer links to. */
  readonly link: string | undefined;
}

/** Makes calls out of tries: retries, deadlines, hooks, metadata. */
export class Sender {
  readonly #info: ApiInfo;
  readonly #options: ClientOptions;
  readonly #transport: Transport;
  readonly #log: Logger;
  readonly #policy: RetryPolicy;
  readonly #credentials: Credentials;

  constructor(info: ApiInfo, options: ClientOptions, transport: Transport, log: Logger) {
    this.#info = info;
    this.#options = options;
    this.#transport = transport;
    this.#log = log;
    this.#credentials = readCredentials(info, options);
    this.#policy = {
      maxRetries: options.maxRetries ?? 2,
      initialDelay: options.initialRetryDelay ?? 500,
      maxDelay: options.maxRetryDelay ?? 8000,
    };
  }

  /** All tries of one call, of what a link leads to when there is one: resolves with an outcome of status 2xx, or rejects. */
  async send(
    operation: Operation,
    args: CallArguments,
    options: RequestOptions = {},
    scope: CallScope,
    link?: string,
  ): Promise<Outcome> {
    let isOpen = false;
    try {
      scope.signal.throwIfAborted();
      const extended = withExtraBody(args, options.extraBody);
      const body = await prepareBody(operation.body, extended.body);
      const call: Call = {
        operation,
        path: link === undefined ? expandPath(operation, args.path) : new URL(link).pathname,
        arguments: { ...extended, body: body.value },
        options,
        idempotencyKey: options.idempotencyKey ?? newIdempotencyKey(),
        scope,
        link,
      };
      const retries = body.replayable ? (options.maxRetries ?? this.#policy.maxRetries) : 0;
      const outcome = await this.#tries(call, retries);
      const { kind } = operation.response;
      isOpen = outcome.openBody !== undefined || kind === 'sse' || kind === 'jsonl';
      if (outcome.openBody) scope.releaseWith(outcome.openBody);
      return outcome;
    } finally {
      if (!isOpen) scope.release();
    }
  }

  async #tries(call: Call, retries: number): Promise<Outcome> {
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt >= retries;
      let failure: APIError;
      let retryAfter: number | undefined;
      try {
        const outcome = await this.#try(call, attempt);
        if (outcome.status >= 200 && outcome.status < 300) return outcome;
        failure = statusError({
          method: call.operation.method,
          path: call.path,
          status: outcome.status,
          headers: outcome.headers,
          body: outcome.value(),
          retryAfter: outcome.retryAfter,
        });
        retryAfter = outcome.retryAfter;
        if (last || !isRetryable(outcome.status, outcome.headers)) throw failure;
      } catch (error) {
        if (last || !(error instanceof APIConnectionError)) throw error;
        failure = error;
      }
      const delay = retryDelay(this.#policy, attempt + 1, retryAfter);
      this.#log.info(`${failure.message}; trying again in ${Math.round(delay)} ms`);
      await sleep(delay, call.scope.signal);
    }
  }

  /** One try, with its deadline. */
  async #try(call: Call, attempt: number): Promise<Outcome> {
    const { operation, options, path } = call;
    const { headers, query } = await this.#metadata(call);
    const event: RequestEvent = {
      operation: operation.id,
      method: operation.method,
      path,
      headers,
      attempt,
    };
    await this.#options.onRequest?.(event);
    const { secretHeaders } = this.#info;
    const name = `${operation.method} ${path}`;
    this.#log.debug(`${name}: try ${attempt + 1}`, redacted(headers, secretHeaders));
    const started = performance.now();
    const outcome = await this.#withDeadline(call, name, (signal) => ({
      operation,
      path,
      link: call.link,
      arguments: call.arguments,
      headers,
      secretHeaders,
      extraQuery: query,
      signal,
      idleTimeout: Math.min(options.idleTimeout ?? this.#options.idleTimeout ?? 120_000, LONGEST_TIMER),
    }));
    const duration = performance.now() - started;
    const { status, headers: responseHeaders } = outcome;
    this.#log.debug(
      `${name}: ${status} after ${Math.round(duration)} ms`,
      redacted(responseHeaders, secretHeaders),
    );
    await this.#options.onResponse?.({ ...event, status, responseHeaders, duration });
    return outcome;
  }

  async #withDeadline(
    call: Call,
    name: string,
    request: (signal: AbortSignal) => TransportRequest,
  ): Promise<Outcome> {
    const timeout = call.options.timeout ?? this.#options.timeout ?? 600_000;
    const attempt = new AbortController();
    call.scope.signal.throwIfAborted();
    call.scope.signal.addEventListener('abort', () => attempt.abort(call.scope.signal.reason), {
      once: true,
    });
    const timer = setTimeout(
      () => attempt.abort(new APITimeoutError(`${name}: no answer within ${timeout} ms`)),
      Math.min(timeout, LONGEST_TIMER),
    );
    try {
      return await this.#transport.send(request(attempt.signal));
    } catch (error) {
      throw attempt.signal.aborted ? attempt.signal.reason : error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Headers and extra query of a try: what any transport can carry. */
  async #metadata(call: Call): Promise<{ headers: Headers; query: Record<string, unknown> }> {
    const { method } = call.operation;
    const headers = new Headers();
    const query: Record<string, unknown> = {};
    // What a link has is all of the query, but for a credential.
    const added =
      call.link === undefined
        ? { ...this.#options.defaultQuery, ...call.options.query }
        : Object.fromEntries(new URL(call.link).searchParams);
    const platform = platformName();
    if (platform !== undefined) {
      headers.set('user-agent', `${this.#info.package}/${this.#info.version} ${platform}`);
    }
    const shown = {
      headers: { ...this.#options.defaultHeaders, ...call.options.headers },
      query: added,
    };
    const schemes = this.#info.schemes ?? {};
    const wanted = wantedCredentials(
      `${method} ${call.path}`,
      call.operation.security ?? this.#info.security ?? [],
      schemes,
      this.#credentials,
      shown,
      this.#info.envPrefix,
    );
    for (const [id, credential] of wanted) {
      const text = typeof credential === 'function' ? await credential() : credential;
      const scheme = schemes[id];
      if (scheme && text) showCredential(scheme, text, headers, query);
    }
    if (call.idempotencyKey !== undefined && method !== 'GET' && method !== 'HEAD') {
      headers.set('idempotency-key', call.idempotencyKey);
    }
    applyHeaders(headers, this.#options.defaultHeaders);
    applyHeaders(headers, call.options.headers);
    if (call.link === undefined) return { headers, query: { ...query, ...added } };
    return {
      headers,
      query: Object.fromEntries(Object.entries(query).filter(([name]) => !Object.hasOwn(added, name))),
    };
  }
}

/** None in browsers: they send a header that a server does not expect to no other origin (CORS). */
function newIdempotencyKey(): string | undefined {
  return platformName() === undefined ? undefined : randomUUID();
}

/** The credentials of a client: those that it was given, else those of the environment. */
function readCredentials(info: ApiInfo, options: ClientOptions): Credentials {
  const schemes = info.schemes ?? {};
  const byScheme: Record<string, ApiKey> = {};
  if (options.apiKey === undefined) {
    for (const [id, { env }] of Object.entries(schemes)) {
      const found = readEnv(`${info.envPrefix}_${env ?? 'API_KEY'}`);
      if (found !== undefined) byScheme[id] = found;
    }
  }
  for (const [id, credential] of Object.entries(options.credentials ?? {})) {
    if (!Object.hasOwn(schemes, id)) {
      const known = Object.keys(schemes).join(', ') || 'none';
      throw new APIError(`credentials: '${id}' is no security scheme of the API; it has ${known}`);
    }
    if (credential) byScheme[id] = credential;
  }
  const key = options.apiKey === undefined ? readEnv(`${info.envPrefix}_API_KEY`) : (options.apiKey ?? '');
  return { key, byScheme };
}

/** Puts headers in; what the caller gives wins, but cookies are added to those that are there. */
function applyHeaders(headers: Headers, changes: HeaderOptions = {}): void {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) headers.delete(name);
    else if (value !== undefined && name.toLowerCase() === 'cookie') addCookies(headers, [value]);
    else if (value !== undefined) headers.set(name, value);
  }
}

function withExtraBody(split: CallArguments, extra: RequestOptions['extraBody']): CallArguments {
  return extra === undefined ? split : { ...split, body: { ...(split.body as object), ...extra } };
}

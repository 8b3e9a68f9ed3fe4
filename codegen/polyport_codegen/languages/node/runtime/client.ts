import { inferBodySpec } from './body.js';
import { HttpTransport } from './http.js';
import { leveled, levelFromEnv } from './log.js';
import { splitArguments, type Operation } from './operation.js';
import type { ApiInfo, ClientOptions, RequestOptions, UndocumentedOptions } from './options.js';
import { PagePromise } from './pages.js';
import { readEnv } from './platform.js';
import { APIPromise } from './promise.js';
import { CallScope, Sender } from './send.js';
import { Stream } from './stream.js';

/** The part of a client that knows no operation: calls, retries, deadlines, hooks. */
export class BaseClient {
  readonly baseURL: string;
  readonly #options: ClientOptions;
  readonly #sender: Sender;

  constructor(info: ApiInfo, options: ClientOptions) {
    this.#options = options;
    this.baseURL = options.baseURL ?? readEnv(`${info.envPrefix}_BASE_URL`) ?? info.baseURL;
    const { fetch, fetchOptions } = options;
    this.#sender = new Sender(
      info,
      options,
      options.transport ?? new HttpTransport({ baseURL: this.baseURL, fetch, fetchOptions }),
      leveled(options.logger ?? console, options.logLevel ?? levelFromEnv(`${info.envPrefix}_LOG`)),
    );
  }

  /** The options that this client was made with, to make another from. */
  protected get options(): ClientOptions {
    return this.#options;
  }

  /** A GET that the API's description does not know. */
  get<T = unknown>(path: string, options?: UndocumentedOptions): APIPromise<T> {
    return this.#undocumented('GET', path, options);
  }

  /** A POST that the API's description does not know. */
  post<T = unknown>(path: string, options?: UndocumentedOptions): APIPromise<T> {
    return this.#undocumented('POST', path, options);
  }

  /** A PUT that the API's description does not know. */
  put<T = unknown>(path: string, options?: UndocumentedOptions): APIPromise<T> {
    return this.#undocumented('PUT', path, options);
  }

  /** A PATCH that the API's description does not know. */
  patch<T = unknown>(path: string, options?: UndocumentedOptions): APIPromise<T> {
    return this.#undocumented('PATCH', path, options);
  }

  /** A DELETE that the API's description does not know. */
  delete<T = unknown>(path: string, options?: UndocumentedOptions): APIPromise<T> {
    return this.#undocumented('DELETE', path, options);
  }

  /** Makes a call with a single answer. For generated code. */
  call<T>(operation: Operation, params?: object, options?: RequestOptions): APIPromise<T> {
    const scope = new CallScope(options?.signal);
    return new APIPromise(
      this.#sender.send(operation, splitArguments(operation, params), options, scope),
      (outcome) => outcome.value() as T,
    );
  }

  /** Makes a call that is answered by a stream. For generated code. */
  stream<T>(operation: Operation, params?: object, options?: RequestOptions): APIPromise<Stream<T>> {
    const scope = new CallScope(options?.signal);
    return new APIPromise(
      this.#sender.send(operation, splitArguments(operation, params), options, scope),
      (outcome) => new Stream<T>(() => outcome.messages(), scope),
    );
  }

  /** Makes a call for a page of a list. For generated code. */
  pages<Item, Body>(
    operation: Operation,
    params: object = {},
    options?: RequestOptions,
  ): PagePromise<Item, Body> {
    const spec = operation.pagination ?? { style: 'single', items: [] };
    const fetch = (wanted: Readonly<Record<string, unknown>>): PagePromise<Item, Body> =>
      new PagePromise(
        this.#sender.send(
          operation,
          splitArguments(operation, wanted),
          options,
          new CallScope(options?.signal),
        ),
        spec,
        wanted,
        fetch,
      );
    return fetch({ ...params });
  }

  #undocumented<T>(method: string, path: string, options: UndocumentedOptions = {}): APIPromise<T> {
    const { body, ...rest } = options;
    const [pathname = '', search] = path.split('?', 2);
    const operation: Operation = {
      id: `${method} ${pathname}`,
      method,
      path: pathname.startsWith('/') ? pathname : `/${pathname}`,
      response: { kind: 'auto' },
      ...(body === undefined ? {} : { body: inferBodySpec(body) }),
    };
    const query = { ...Object.fromEntries(new URLSearchParams(search)), ...rest.query };
    return this.call(operation, { body }, { ...rest, query });
  }
}

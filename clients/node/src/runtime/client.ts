import { inferBodySpec } from './body.js';
import { Caller } from './caller.js';
import { APIError } from './errors.js';
import { HttpTransport } from './http.js';
import { leveled, levelFromEnv } from './log.js';
import type { Operation } from './operation.js';
import type { ApiInfo, ClientOptions, UndocumentedOptions } from './options.js';
import type { APIPromise } from './promise.js';
import { Sender } from './send.js';
import { choosePlace } from './servers.js';

/** The part of a client that knows no operation. */
export class BaseClient {
  readonly baseURL: string;
  /** @internal Makes the calls of generated resources. */
  readonly _caller: Caller;
  readonly #schemes: readonly string[];
  /** Not a property that anybody sees: a client that is printed shows no key. */
  readonly #options: ClientOptions;

  constructor(info: ApiInfo, options: ClientOptions) {
    const place = choosePlace(info.servers ?? {}, options, info.baseURL, info.envPrefix);
    this.baseURL = place.baseURL;
    if (this.baseURL === '') {
      throw new APIError(
        `there is no base URL: the API's description has none that can be called; give baseURL or set ${info.envPrefix}_BASE_URL`,
      );
    }
    if (!URL.canParse(this.baseURL))
      throw new APIError(`the base URL "${this.baseURL}" is not an absolute URL`);
    this.#options = options;
    this.#schemes = Object.keys(info.schemes ?? {});
    const { fetch, fetchOptions } = options;
    const { baseURL, isOwn: useOperationServers, ownServer } = place;
    this._caller = new Caller(
      new Sender(
        info,
        options,
        options.transport ??
          new HttpTransport({ baseURL, useOperationServers, ownServer, fetch, fetchOptions }),
        leveled(options.logger ?? console, options.logLevel ?? levelFromEnv(`${info.envPrefix}_LOG`)),
      ),
    );
  }

  /** @internal These options with others put in; headers, query and credentials are added to those that are there. */
  protected _merged(options: ClientOptions): ClientOptions {
    const own = this.#options;
    const { baseURL, server, serverVariables } = own;
    const isChosen = options.server !== undefined || options.serverVariables !== undefined;
    return {
      ...own,
      // Of a base URL and a choice of servers that what is set last counts; with a server go its variables.
      baseURL: isChosen ? undefined : baseURL,
      server: options.baseURL === undefined ? server : undefined,
      serverVariables: isChosen || options.baseURL !== undefined ? undefined : serverVariables,
      ...options,
      credentials: {
        ...(options.apiKey === undefined ? own.credentials : undefined),
        ...options.credentials,
      },
      defaultHeaders: { ...own.defaultHeaders, ...options.defaultHeaders },
      defaultQuery: { ...own.defaultQuery, ...options.defaultQuery },
    };
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

  #undocumented<T>(method: string, path: string, options: UndocumentedOptions = {}): APIPromise<T> {
    const { body, ...rest } = options;
    const [pathname = '', search] = path.split('?', 2);
    const operation: Operation = {
      id: `${method} ${pathname}`,
      method,
      path: pathname.startsWith('/') ? pathname : `/${pathname}`,
      response: { kind: 'auto' },
      // Any of the API's schemes may be meant, or none.
      security: [...this.#schemes.map((id) => [id]), []],
      ...(body === undefined ? {} : { body: inferBodySpec(body) }),
    };
    const query = { ...Object.fromEntries(new URLSearchParams(search)), ...rest.query };
    return this._caller.call(operation, { body }, { ...rest, query });
  }
}

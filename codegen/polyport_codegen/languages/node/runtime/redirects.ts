/** Where answers send a call, as browsers go there (WHATWG Fetch, section 4.4). */

import { APIDecodingError, APIError } from './errors.js';
import { isSecretHeader, shownURL } from './log.js';
import type { TransportRequest } from './transport.js';

const MOST_REDIRECTS = 10;

/** `POST /messages`, for messages. */
export function describe(request: TransportRequest): string {
  return `${request.operation.method} ${request.path}`;
}

export function isRedirect(response: Response): boolean {
  return [301, 302, 303, 307, 308].includes(response.status) && response.headers.has('location');
}

/** Takes headers away that may hold secrets. */
export function removeSecrets(headers: Headers, secretHeaders: readonly string[], except = ''): void {
  for (const name of [...headers.keys()]) {
    if (name !== except && isSecretHeader(name, secretHeaders)) headers.delete(name);
  }
}

/**
 * The way of a request: 307 and 308 have the method and body sent again, 303 becomes GET, 301 and 302 do where it was POST.
 * Secrets never reach another origin.
 */
export class Redirects {
  /** Where the request goes next. */
  url: URL;
  readonly #init: RequestInit & { headers: Headers };
  readonly #request: TransportRequest;
  readonly #seen = new Set<string>();

  /** `init` is changed as the redirects ask for. */
  constructor(url: URL, init: RequestInit & { headers: Headers }, request: TransportRequest) {
    this.url = url;
    this.#init = init;
    this.#request = request;
  }

  /**
   * Turns to where the redirect leads. Throws an `APIDecodingError` when that is no URL, a circle, or one too many, and an
   * `APIError` when it asks for a body that can be sent only once.
   */
  follow(response: Response): void {
    const init = this.#init;
    const headers: Headers = init.headers;
    const location = response.headers.get('location') ?? '';
    if (!URL.canParse(location, this.url)) throw this.#lost(location, 'is no URL');
    const next = new URL(location, this.url);
    next.hash = '';
    if (!/^https?:$/.test(next.protocol)) throw this.#lost(location, 'is no URL of HTTP');
    const method = followingMethod(init.method ?? 'GET', response.status);
    this.#seen.add(`${init.method} ${this.url.href}`);
    if (this.#seen.has(`${method} ${next.href}`)) throw this.#lost(next.href, 'leads round in a circle');
    if (this.#seen.size > MOST_REDIRECTS) throw this.#lost(next.href, `comes after ${MOST_REDIRECTS} others`);
    if (method !== init.method) {
      init.method = method;
      delete init.body;
      const ofBody = [...headers.keys()].filter((name) => name.startsWith('content-'));
      for (const name of [...ofBody, 'idempotency-key']) headers.delete(name);
    }
    if (init.body instanceof ReadableStream) {
      throw new APIError(
        `${describe(this.#request)}: the redirect to ${shownURL(next.href)} wants the body once more, which can be sent only once`,
      );
    }
    if (next.origin !== this.url.origin) removeSecrets(headers, this.#request.secretHeaders);
    this.url = next;
  }

  #lost(location: string, what: string): APIDecodingError {
    return new APIDecodingError(
      `${describe(this.#request)}: the redirect to ${shownURL(location)} ${what}`,
      new TextEncoder().encode(location),
    );
  }
}

function followingMethod(method: string, status: number): string {
  const isRead = method === 'GET' || method === 'HEAD';
  const isChanged = status === 303 ? !isRead : method === 'POST' && status < 303;
  return isChanged ? 'GET' : method;
}

/** Pages that answers link to: where the link is, and which URL it means. */

import { APIDecodingError, APIError } from './errors.js';
import { stringifyJSON } from './json.js';
import { shownURL } from './log.js';
import type { Operation } from './operation.js';

/** The target of `rel="next"` in a `Link` header (RFC 8288, section 3). */
export function nextLink(header: string | null): string | undefined {
  return [...links(header ?? '')].find(
    ([, params]) => !params.has('anchor') && params.get('rel')?.toLowerCase().split(/\s+/).includes('next'),
  )?.[0];
}

/**
 * The URL of the page that an answer links to, resolved against that of the page before (RFC 3986, section 5). Throws an
 * `APIDecodingError` for a link that is no URL, that leads to another origin, or that was `followed` before.
 */
export function linkedURL(link: unknown, page: URL | undefined, followed: readonly string[]): string {
  if (page === undefined) throw new APIError('this transport cannot follow the link to the next page: only HTTP can');
  const text = typeof link === 'string' ? link : stringifyJSON(link);
  const fail = (what: string): APIDecodingError =>
    new APIDecodingError(
      `GET ${page.pathname}: the link to the next page ${what}: ${shownURL(text)}`,
      new TextEncoder().encode(text),
    );
  if (typeof link !== 'string') throw fail('is no text');
  if (!URL.canParse(link, page)) throw fail('is no URL');
  const url = new URL(link, page);
  if (url.origin !== page.origin) throw fail(`leads away from ${page.origin}; it is not followed`);
  const target = `${url.origin}${url.pathname}${url.search}`;
  if (followed.includes(target)) throw fail('was followed before: the pages go round in a circle');
  return target;
}

/** The operation as it asks for a page by a link: that has all of the query, and there is no body. */
export function linkedOperation({ body: _body, parameters = [], ...operation }: Operation): Operation {
  const sent = parameters.filter((parameter) => parameter.in === 'header' || parameter.in === 'cookie');
  return { ...operation, method: 'GET', parameters: sent };
}

/** The links of a header, each with its parameters by their names in lower case. */
function* links(header: string): Generator<[target: string, params: Map<string, string>]> {
  let at = 0;
  for (;;) {
    const start = header.indexOf('<', at);
    const end = header.indexOf('>', start);
    if (start < 0 || end < 0) return;
    const pieces = [''];
    let quoted = false;
    for (at = end + 1; at < header.length && (quoted || header[at] !== ','); at += 1) {
      if (header[at] === '"') quoted = !quoted;
      else if (header[at] === ';' && !quoted) pieces.push('');
      else {
        if (quoted && header[at] === '\\') at += 1;
        pieces[pieces.length - 1] += header[at] ?? '';
      }
    }
    const params = new Map<string, string>();
    for (const piece of pieces) {
      const [name = '', ...value] = piece.split('=');
      const key = name.trim().toLowerCase();
      if (!params.has(key)) params.set(key, value.join('=').trim());
    }
    yield [header.slice(start + 1, end), params];
  }
}

import { APIDecodingError } from './errors.js';
import { linkedURL, nextLink } from './links.js';
import type { PaginationSpec } from './operation.js';
import { APIPromise } from './promise.js';
import type { Outcome } from './transport.js';

type Params = Readonly<Record<string, unknown>>;

/** How a page is asked for: by params, or by the last of the links that led from one page to the next. */
export interface PageRequest {
  readonly params: Params;
  readonly links: readonly string[];
  /** The cursors of the pages before it, where pages have cursors. */
  readonly cursors?: readonly unknown[];
}

export type FetchPage<Item, Body> = (request: PageRequest) => PagePromise<Item, Body>;

/**
 * One page of a list. Iterating over it goes on through all later pages.
 *
 * @example
 * let page = await client.models.list();
 * while (page.hasNextPage()) page = await page.nextPage();
 */
export class Page<Item, Body = unknown> implements AsyncIterable<Item> {
  /** The items of this page. */
  readonly data: Item[];
  /** The whole answer, as it came. */
  readonly body: Body;
  readonly #request: PageRequest;
  readonly #url: URL | undefined;
  readonly #next: Params | undefined;
  readonly #link: unknown;
  readonly #fetch: FetchPage<Item, Body>;
  readonly #spec: PaginationSpec;

  constructor(spec: PaginationSpec, request: PageRequest, answer: Outcome, fetch: FetchPage<Item, Body>) {
    this.body = answer.value() as Body;
    const items = valueAt(this.body, spec.items);
    this.data = Array.isArray(items) ? (items as Item[]) : [];
    this.#spec = spec;
    this.#request = request;
    this.#url = answer.url;
    this.#next = nextParams(spec, request.params, this.body, this.data);
    if (spec.style === 'link') {
      this.#link = spec.nextLink ? valueAt(this.body, spec.nextLink) : nextLink(answer.headers.get('link'));
    }
    this.#fetch = fetch;
  }

  hasNextPage(): boolean {
    return this.#next !== undefined || this.#isLinked();
  }

  /**
   * Fetches the next page; rejects when there is none, and when the answer leads to a page that was there before, or its link
   * to another origin.
   */
  async nextPage(): Promise<Page<Item, Body>> {
    const { params, links } = this.#request;
    if (this.#next !== undefined) {
      const cursors = cursorsBefore(this.#spec, this.#request, this.#next, this.#url);
      return this.#fetch({ params: this.#next, links, cursors });
    }
    if (!this.#isLinked()) throw new RangeError('there is no next page');
    return this.#fetch({ params, links: [...links, linkedURL(this.#link, this.#url, links)] });
  }

  #isLinked(): boolean {
    return this.#link !== undefined && this.#link !== null && this.#link !== '';
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    yield* itemsFrom(this);
  }
}

/** A call for a page: await it for the first page, or iterate over the items of all pages. */
export class PagePromise<Item, Body = unknown>
  extends APIPromise<Page<Item, Body>>
  implements AsyncIterable<Item>
{
  constructor(
    outcome: Promise<Outcome>,
    spec: PaginationSpec,
    request: PageRequest,
    fetch: FetchPage<Item, Body>,
  ) {
    super(outcome, (answer) => new Page(spec, request, answer, fetch));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    yield* itemsFrom(await this);
  }
}

/** A loop, not recursion: there may be thousands of pages. */
async function* itemsFrom<Item, Body>(first: Page<Item, Body>): AsyncGenerator<Item, void, undefined> {
  let page = first;
  yield* page.data;
  while (page.hasNextPage()) {
    page = await page.nextPage();
    yield* page.data;
  }
}

/** The cursors up to the page of `request`. Throws an `APIDecodingError` when that of the next page is among them. */
function cursorsBefore(
  spec: PaginationSpec,
  request: PageRequest,
  next: Params,
  url: URL | undefined,
): readonly unknown[] {
  if (spec.style !== 'cursor' || spec.member === undefined) return [];
  const cursors = [...(request.cursors ?? []), request.params[spec.member]];
  const cursor = next[spec.member];
  if (!cursors.includes(cursor)) return cursors;
  const call = url === undefined ? '' : `GET ${url.pathname}: `;
  throw new APIDecodingError(
    `${call}the cursor of the next page was there before: the pages go round in a circle: ${String(cursor)}`,
    new TextEncoder().encode(String(cursor)),
  );
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

/** The params of the page after this one; `undefined` at the end. */
function nextParams(
  spec: PaginationSpec,
  params: Params,
  body: unknown,
  items: readonly unknown[],
): Params | undefined {
  if (spec.member === undefined || (items.length === 0 && spec.style !== 'cursor')) return undefined;
  const more = spec.hasMore && valueAt(body, spec.hasMore);
  if (more === false || more === null || more === '') return undefined;
  const next = nextValue(spec, params[spec.member], body, items);
  const limit = spec.limitMember === undefined ? undefined : params[spec.limitMember];
  const isTold =
    more !== undefined || (spec.totalPages && typeof valueAt(body, spec.totalPages) === 'number');
  const isShort = spec.style !== 'cursor' && !isTold && typeof limit === 'number' && items.length < limit;
  return next === undefined || isShort ? undefined : { ...params, [spec.member]: next };
}

function nextValue(
  spec: PaginationSpec,
  current: unknown,
  body: unknown,
  items: readonly unknown[],
): unknown {
  switch (spec.style) {
    case 'cursor': {
      const cursor = spec.nextCursor
        ? valueAt(body, spec.nextCursor)
        : valueAt(items[items.length - 1], [spec.cursorField ?? 'id']);
      return cursor === null || cursor === '' ? undefined : cursor;
    }
    case 'page': {
      const page = Number(current ?? spec.first ?? 1);
      const total = spec.totalPages ? valueAt(body, spec.totalPages) : undefined;
      const last = typeof total === 'number' ? total + (spec.first ?? 1) - 1 : Infinity;
      return page < last ? page + 1 : undefined;
    }
    case 'offset':
      return Number(current ?? 0) + items.length;
    case 'link':
    case 'single':
      return undefined;
  }
}

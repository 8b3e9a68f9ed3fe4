import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Operation, PaginationSpec } from '../../src/runtime/operation.js';
import type { PagePromise } from '../../src/runtime/pages.js';
import type { Outcome } from '../../src/runtime/transport.js';
import { client, json, type SentRequest } from './support.js';

interface Item {
  id: string;
}

function list(
  pagination: PaginationSpec,
  answers: unknown[],
  params = {},
): { pages: PagePromise<Item, unknown>; sent: SentRequest[] } {
  const operation: Operation = {
    id: 'list',
    method: 'GET',
    path: '/items',
    parameters: ['after', 'page', 'offset', 'limit'].map((name) => ({ name, in: 'query' as const })),
    response: { kind: 'json' },
    pagination,
  };
  const { client: api, sent } = client(answers.map((answer) => json(answer)));
  return { pages: api._caller.pages<Item, unknown>(operation, params), sent };
}

async function walk(
  pagination: PaginationSpec,
  answers: unknown[],
  params = {},
): Promise<[string, string[]]> {
  const { pages, sent } = list(pagination, answers, params);
  const ids: string[] = [];
  for await (const item of pages) ids.push(item.id);
  return [ids.join(''), sent.map((request) => new URL(request.url).search)];
}

const items = (...ids: string[]): Item[] => ids.map((id) => ({ id }));

test('by a cursor that the answer names', async () => {
  const pagination: PaginationSpec = {
    style: 'cursor',
    items: ['data'],
    member: 'after',
    nextCursor: ['meta', 'next'],
  };
  const answers = [
    { data: items('a', 'b'), meta: { next: 'n1' } },
    { data: items('c'), meta: { next: null } },
  ];
  assert.deepEqual(await walk(pagination, answers, { limit: 2 }), ['abc', ['?limit=2', '?after=n1&limit=2']]);
});

test('by the last item, while there is more', async () => {
  const pagination: PaginationSpec = {
    style: 'cursor',
    items: ['data'],
    member: 'after',
    cursorField: 'id',
    hasMore: ['has_more'],
  };
  const answers = [
    { data: items('a', 'b'), has_more: true },
    { data: items('c'), has_more: false },
  ];
  assert.deepEqual(await walk(pagination, answers), ['abc', ['', '?after=b']]);
});

test('by page number and by offset', async () => {
  const byPage: PaginationSpec = { style: 'page', items: ['items'], member: 'page', totalPages: ['pages'] };
  const pages = [
    { items: items('a'), pages: 2 },
    { items: items('b'), pages: 2 },
  ];
  assert.deepEqual(await walk(byPage, pages), ['ab', ['', '?page=2']]);
  const byOffset: PaginationSpec = { style: 'offset', items: [], member: 'offset', limitMember: 'limit' };
  assert.deepEqual(await walk(byOffset, [items('a', 'b'), items('c')], { limit: 2 }), [
    'abc',
    ['?limit=2', '?offset=2&limit=2'],
  ]);
});

test('one page by itself', async () => {
  const pagination: PaginationSpec = {
    style: 'cursor',
    items: ['data'],
    member: 'after',
    nextCursor: ['next'],
  };
  const { pages } = list(pagination, [{ data: items('a'), next: 'x', other: 1 }, { data: [] }]);
  const page = await pages;
  assert.deepEqual(
    [page.data, page.body, page.hasNextPage()],
    [items('a'), { data: items('a'), next: 'x', other: 1 }, true],
  );
  const next = await page.nextPage();
  assert.equal(next.hasNextPage(), false);
  await assert.rejects(next.nextPage(), RangeError);
});

const LINKED: Operation = {
  id: 'list',
  method: 'GET',
  path: '/items',
  response: { kind: 'json' },
  pagination: { style: 'link', items: ['data'], nextLink: ['next'] },
};

test('what a link has is all of the query', async () => {
  const answers = [
    { data: items('a'), next: '/base/more?x=1#y' },
    { data: items('b'), next: null },
  ];
  const { client: api, sent } = client(
    answers.map((answer) => json(answer)),
    { defaultQuery: { v: 1 } },
  );
  const ids: string[] = [];
  for await (const item of api._caller.pages<Item, unknown>(LINKED, {}, { query: { w: 2 } })) ids.push(item.id);
  assert.equal(ids.join(''), 'ab');
  assert.deepEqual(
    sent.map((request) => request.url),
    ['https://api.example/base/items?v=1&w=2', 'https://api.example/base/more?x=1'],
  );
  assert.equal(sent[1]?.headers.get('authorization'), 'Bearer secret-key');
});

test('a transport without URLs cannot follow a link', async () => {
  const outcome = { status: 200, headers: new Headers(), value: () => ({ data: items('a'), next: '/more' }) };
  const { client: api } = client([], { transport: { send: async () => outcome as unknown as Outcome } });
  const page = await api._caller.pages<Item, unknown>(LINKED);
  assert.equal(page.hasNextPage(), true);
  await assert.rejects(page.nextPage(), /only HTTP can/);
});

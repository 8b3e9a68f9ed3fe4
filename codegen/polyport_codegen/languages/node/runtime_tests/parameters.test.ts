import assert from 'node:assert/strict';
import { test } from 'node:test';

import { splitArguments, type Operation, type ParameterSpec } from '../../src/runtime/operation.js';
import { cookiePairs, expandPath, headerText, queryPairs } from '../../src/runtime/parameters.js';

type Style = NonNullable<ParameterSpec['style']>;

function path(style: Style | undefined, explode: boolean, value: unknown): string {
  const parameter: ParameterSpec = { name: 'p', in: 'path', explode, ...(style ? { style } : {}) };
  const operation: Operation = {
    id: 'op',
    method: 'GET',
    path: '/a/{p}/b',
    parameters: [parameter],
    response: { kind: 'none' },
  };
  return expandPath(operation, { p: value });
}

// The examples of OpenAPI 3.1, section 4.8.12.4.
const LIST = ['blue', 'black', 'brown'];
const OBJECT = { R: 100, G: 200, B: 150 };

test('path styles', () => {
  assert.equal(path(undefined, false, 'a/b c'), '/a/a%2Fb%20c/b');
  assert.equal(path('simple', false, LIST), '/a/blue,black,brown/b');
  assert.equal(path('simple', false, OBJECT), '/a/R,100,G,200,B,150/b');
  assert.equal(path('simple', true, OBJECT), '/a/R=100,G=200,B=150/b');
  assert.equal(path('label', false, 'blue'), '/a/.blue/b');
  assert.equal(path('label', false, LIST), '/a/.blue,black,brown/b');
  assert.equal(path('label', true, LIST), '/a/.blue.black.brown/b');
  assert.equal(path('label', true, OBJECT), '/a/.R=100.G=200.B=150/b');
  assert.equal(path('matrix', false, 'blue'), '/a/;p=blue/b');
  assert.equal(path('matrix', false, LIST), '/a/;p=blue,black,brown/b');
  assert.equal(path('matrix', true, LIST), '/a/;p=blue;p=black;p=brown/b');
  assert.equal(path('matrix', true, OBJECT), '/a/;R=100;G=200;B=150/b');
});

test('values that would lead to another path are refused', () => {
  for (const value of ['', undefined, null, '.', '..'])
    assert.throws(() => path(undefined, false, value), /path/);
  assert.equal(path(undefined, false, '...'), '/a/.../b');
});

test('query styles', () => {
  const pairs = (spec: Partial<ParameterSpec>, value: unknown): string =>
    queryPairs({ name: 'q', ...spec }, value).join('&');
  assert.equal(pairs({}, 'a&b=c d'), 'q=a%26b%3Dc%20d');
  assert.equal(pairs({}, LIST), 'q=blue&q=black&q=brown');
  assert.equal(pairs({ explode: false }, LIST), 'q=blue,black,brown');
  assert.equal(pairs({ explode: false }, ['a,b']), 'q=a%2Cb');
  assert.equal(pairs({}, OBJECT), 'R=100&G=200&B=150');
  assert.equal(pairs({ explode: false }, OBJECT), 'q=R,100,G,200,B,150');
  assert.equal(pairs({ style: 'spaceDelimited' }, LIST), 'q=blue%20black%20brown');
  assert.equal(pairs({ style: 'pipeDelimited' }, LIST), 'q=blue%7Cblack%7Cbrown');
  assert.equal(
    pairs({ style: 'deepObject' }, { a: { b: 1 }, c: [2, 3], d: undefined }),
    'q%5Ba%5D%5Bb%5D=1&q%5Bc%5D%5B%5D=2&q%5Bc%5D%5B%5D=3',
  );
  assert.equal(pairs({ json: true }, { a: 1 }), 'q=%7B%22a%22%3A1%7D');
  assert.equal(pairs({ allowReserved: true }, 'a/b?c#d'), 'q=a/b?c%23d');
  assert.equal(pairs({}, new Date(0)), 'q=1970-01-01T00%3A00%3A00.000Z');
  for (const absent of [undefined, null, []]) assert.equal(pairs({}, absent), '');
});

test('headers and cookies', () => {
  assert.equal(headerText({ name: 'h', in: 'header' }, LIST), 'blue,black,brown');
  assert.equal(headerText({ name: 'h', in: 'header', explode: true }, OBJECT), 'R=100,G=200,B=150');
  assert.equal(headerText({ name: 'h', in: 'header', json: true }, OBJECT), '{"R":100,"G":200,"B":150}');
  assert.deepEqual(cookiePairs({ name: 'c', in: 'cookie' }, 'a b'), ['c=a%20b']);
});

test('names that every object inherits are ordinary names', () => {
  const operation: Operation = {
    id: 'op',
    method: 'POST',
    path: '/',
    parameters: ['toString', 'constructor', '__proto__'].map((name) => ({ name, in: 'query' })),
    body: { kind: 'json', contentType: 'application/json', required: true },
    response: { kind: 'none' },
  };
  const none = splitArguments(operation, { a: 1 });
  assert.equal(none.query['toString'], undefined);
  assert.deepEqual(Object.keys(none.query), []);
  const all = splitArguments(operation, JSON.parse('{"__proto__": "x", "toString": "y", "valueOf": 1}'));
  assert.deepEqual(Object.entries(all.query), [
    ['toString', 'y'],
    ['__proto__', 'x'],
  ]);
  assert.equal(JSON.stringify(all.body), '{"valueOf":1}');
});

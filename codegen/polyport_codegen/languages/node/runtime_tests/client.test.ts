import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { BaseClient } from '../../src/runtime/client.js';
import {
  APIConnectionError,
  APIDecodingError,
  APIError,
  APITimeoutError,
  InternalServerError,
  RateLimitError,
} from '../../src/runtime/errors.js';
import type { RequestEvent, ResponseEvent } from '../../src/runtime/options.js';
import type { Outcome, Transport, TransportRequest } from '../../src/runtime/transport.js';
import type { AnswerKind, Operation } from '../../src/runtime/operation.js';
import { client, GET, INFO, json, POST } from './support.js';

test('a call has its URL, headers and body', async () => {
  const { client: api, sent } = client([json({ ok: true })], { defaultHeaders: { 'x-a': '1', 'x-b': '2' } });
  const result = await api._caller.call(
    POST,
    { name: 'n', dry_run: true },
    { headers: { 'x-a': null, 'x-c': '3' }, query: { extra: 1 } },
  );
  assert.deepEqual(result, { ok: true });
  const [request] = sent;
  assert.equal(request?.url, 'https://api.example/base/things?dry_run=true&extra=1');
  assert.equal(request?.body, '{"name":"n"}');
  const headers = Object.fromEntries(request?.headers ?? []);
  assert.match(headers['idempotency-key'] ?? '', /^[0-9a-f-]{36}$/);
  assert.match(headers['user-agent'] ?? '', /^acme\/1\.2\.3 node\//);
  delete headers['idempotency-key'];
  delete headers['user-agent'];
  assert.deepEqual(headers, {
    accept: 'application/json',
    authorization: 'Bearer secret-key',
    'content-type': 'application/json',
    'x-b': '2',
    'x-c': '3',
  });
});

test('arguments beat the environment', () => {
  process.env['ACME_RUNTIME_TEST_BASE_URL'] = 'https://env.example';
  try {
    assert.equal(new BaseClient(INFO, {}).baseURL, 'https://env.example');
    assert.equal(new BaseClient(INFO, { baseURL: 'https://arg.example' }).baseURL, 'https://arg.example');
  } finally {
    delete process.env['ACME_RUNTIME_TEST_BASE_URL'];
  }
  assert.equal(new BaseClient(INFO, {}).baseURL, INFO.baseURL);
  assert.throws(
    () => new BaseClient(INFO, { baseURL: 'api.example' }),
    /"api.example" is not an absolute URL/,
  );
});

test('a key function is asked before each try, and null means no key', async () => {
  let keys = 0;
  const fresh = client([json({}, { status: 503 }), json({})], { apiKey: async () => `key-${(keys += 1)}` });
  await fresh.client._caller.call(GET, { id: 'a' });
  assert.deepEqual(
    fresh.sent.map((request) => request.headers.get('authorization')),
    ['Bearer key-1', 'Bearer key-2'],
  );
  const open = client([json({})], { apiKey: null });
  await open.client._caller.call(GET, { id: 'a' });
  assert.equal(open.sent[0]?.headers.has('authorization'), false);
});

test('a key that no header can hold is refused without being shown', async () => {
  const { client: api, sent } = client([], { apiKey: 'secret\nkey' });
  await assert.rejects(api._caller.call(GET, { id: 'a' }), (error) => {
    assert.ok(error instanceof APIError);
    assert.match(error.message, /API key has characters/);
    assert.doesNotMatch(error.message, /secret/);
    return true;
  });
  assert.equal(sent.length, 0);
});

test('all tries share one idempotency key, and hooks see each', async () => {
  const requests: RequestEvent[] = [];
  const responses: ResponseEvent[] = [];
  const { client: api, sent } = client(
    [new TypeError('fetch failed'), json({}, { status: 500 }), json({ ok: 1 })],
    {
      onRequest: (event) => {
        event.headers.set('x-try', String(event.attempt));
        requests.push(event);
      },
      onResponse: (event) => void responses.push(event),
    },
  );
  assert.deepEqual(await api._caller.call(POST, {}), { ok: 1 });
  assert.equal(new Set(sent.map((request) => request.headers.get('idempotency-key'))).size, 1);
  assert.deepEqual(
    sent.map((request) => request.headers.get('x-try')),
    ['0', '1', '2'],
  );
  assert.deepEqual(
    requests.map((event) => [event.operation, event.method, event.path]),
    [0, 1, 2].map(() => ['createThing', 'POST', '/things']),
  );
  assert.deepEqual(
    responses.map((event) => event.status),
    [500, 200],
  );
});

test('the last failure is thrown', async () => {
  const { client: api, sent } = client([
    json({}, { status: 500 }),
    json({ error: { message: 'broken' } }, { status: 502 }),
  ]);
  const call = api._caller.call(GET, { id: 'a/b' }, { maxRetries: 1 });
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof InternalServerError);
    assert.equal(error.message, 'GET /things/a%2Fb: 502 broken');
    return true;
  });
  assert.equal(sent.length, 2);
});

test('an error carries what the server said', async () => {
  const headers = { 'x-request-id': 'req_1', 'retry-after': '2' };
  const { client: api } = client([json({ detail: 'slow down' }, { status: 429, headers })], {
    maxRetries: 0,
  });
  await assert.rejects(api._caller.call(GET, { id: 'a' }), (error) => {
    assert.ok(error instanceof RateLimitError);
    assert.equal(error.name, 'RateLimitError');
    assert.equal(error.retryAfter, 2000);
    assert.equal(error.requestId, 'req_1');
    assert.deepEqual(error.body, { detail: 'slow down' });
    assert.equal(error.message, 'GET /things/a: 429 slow down (request id req_1)');
    return true;
  });
});

test('a promise gives the answer, the response, or both', async () => {
  const { client: api } = client([1, 2, 3].map(() => json({ a: 1 }, { headers: { 'x-request-id': 'r' } })));
  const { data, response, requestId } = await api._caller
    .call<{ a: number }>(GET, { id: 'x' })
    .withResponse();
  assert.deepEqual([data.a, response.status, requestId], [1, 200, 'r']);
  const raw = await api._caller.call(GET, { id: 'x' }).asResponse();
  assert.equal(await raw.text(), '{"a":1}');
  const all = await Promise.all([api._caller.call(GET, { id: 'x' }), 5]);
  assert.deepEqual(all, [{ a: 1 }, 5]);
});

test('what cannot be decoded keeps its bytes', async () => {
  const { client: api } = client([new Response('<html>'), new Response('')]);
  await assert.rejects(api._caller.call(GET, { id: 'x' }), (error) => {
    assert.ok(error instanceof APIDecodingError);
    assert.equal(new TextDecoder().decode(error.raw), '<html>');
    return true;
  });
  await assert.rejects(api._caller.call(GET, { id: 'x' }), /GET \/things\/x: empty body/);
});

test('a deadline ends a try, an abort ends the call', async () => {
  const never = (init: RequestInit): Promise<Response> =>
    new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
  const slow = client([never, never]);
  await assert.rejects(
    slow.client._caller.call(GET, { id: 'x' }, { timeout: 5, maxRetries: 1 }),
    APITimeoutError,
  );
  assert.equal(slow.sent.length, 2);
  const controller = new AbortController();
  const reason = new Error('changed my mind');
  const call = client([never]).client._caller.call(GET, { id: 'x' }, { signal: controller.signal });
  controller.abort(reason);
  await assert.rejects(call, (error) => error === reason);
});

test('redirects are followed, and secrets stay at home', async () => {
  const to = (location: string): Response => new Response(null, { status: 302, headers: { location } });
  const away = client([to('/base/there'), to('https://other.example/x'), json({})]);
  await away.client._caller.call(GET, { id: 'x' });
  assert.deepEqual(
    away.sent.map((request) => request.headers.has('authorization')),
    [true, true, false],
  );
  assert.equal(away.sent[1]?.url, 'https://api.example/base/there');
  const circle = client(Array.from({ length: 2 }, () => to('/round?token=hush')));
  await assert.rejects(circle.client._caller.call(GET, { id: 'x' }), /\/round\?token=\*\*\* leads round/);
});

test('a redirect that a browser hides is followed without other secrets', async () => {
  const hidden = Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' });
  const { client: api, sent } = client([hidden, json({ ok: true })], {
    defaultHeaders: { 'x-api-key': 'k' },
  });
  assert.deepEqual(await api._caller.call(GET, { id: 'x' }), { ok: true });
  assert.deepEqual(
    sent.map((request) => [
      request.redirect,
      request.headers.has('authorization'),
      request.headers.has('x-api-key'),
    ]),
    [
      ['manual', true, true],
      ['follow', true, false],
    ],
  );
});

test('undocumented endpoints are reached by method and path', async () => {
  const { client: api, sent } = client([
    json({ a: 1 }),
    new Response('text'),
    new Response(new Uint8Array([1])),
  ]);
  assert.deepEqual(await api.post('/x?y=1', { body: { b: 2 }, query: { z: [3, 4] } }), { a: 1 });
  assert.equal(sent[0]?.url, 'https://api.example/base/x?y=1&z=3&z=4');
  assert.equal(sent[0]?.body, '{"b":2}');
  assert.equal(await api.get('/t'), 'text');
  assert.ok((await api.delete('/bytes')) instanceof Response);
});

test('extra members go into the body', async () => {
  const { client: api, sent } = client([json({})]);
  await api._caller.call(POST, { a: 1 }, { extraBody: { b: 2 } });
  assert.equal(sent[0]?.body, '{"a":1,"b":2}');
});

test('logs have no secrets', async () => {
  const lines: string[] = [];
  const log = (message: string, ...details: unknown[]): void =>
    void lines.push(message + JSON.stringify(details));
  const logger = { debug: log, info: log, warn: log, error: log };
  const { client: api } = client([json({}, { status: 500 }), json({})], { logger, logLevel: 'debug' });
  await api._caller.call(POST, {}, { headers: { 'x-api-key': 'other-secret' } });
  const text = lines.join('\n');
  assert.match(text, /"authorization":"\*\*\*"/);
  assert.match(text, /POST \/things: 500 after \d+ ms/);
  assert.match(text, /trying again/);
  assert.doesNotMatch(text, /secret/);
});

test('a failed connection is an error of its own', async () => {
  const refused = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
  const { client: api } = client([refused], { maxRetries: 0 });
  await assert.rejects(api._caller.call(GET, { id: 'x' }), (error) => {
    assert.ok(error instanceof APIConnectionError);
    assert.match(error.message, /GET \/things\/x: connection failed: connect ECONNREFUSED/);
    assert.equal(error.cause, refused);
    return true;
  });
});

test('another transport serves the same calls, except those that need HTTP', async () => {
  const asked: TransportRequest[] = [];
  const transport: Transport = {
    async send(request): Promise<Outcome> {
      asked.push(request);
      return {
        status: 200,
        headers: new Headers(),
        retryAfter: undefined,
        value: () => ({ from: 'elsewhere' }),
        messages: () => {
          throw new APIError('no stream');
        },
        events: () => {
          throw new APIError('no stream');
        },
        response: () => {
          throw new APIError('this transport has no HTTP response');
        },
      };
    },
  };
  const api = new BaseClient(INFO, { transport, apiKey: null });
  assert.deepEqual(await api._caller.call(GET, { id: 'x' }), { from: 'elsewhere' });
  assert.deepEqual({ ...asked[0]?.arguments.path }, { id: 'x' });
  await assert.rejects(api._caller.call(GET, { id: 'x' }).asResponse(), /no HTTP response/);
});

test('a method that fetch refuses is an error that says so, and is tried once', async () => {
  const api = new BaseClient(INFO, { apiKey: null, baseURL: 'http://127.0.0.1:9' });
  const call = api._caller.call({ ...GET, method: 'TRACE' }, { id: 'x' });
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof APIError && !(error instanceof APIConnectionError));
    assert.equal(
      error.message,
      'TRACE /things/x: fetch cannot send this method; give the client a transport that can',
    );
    return true;
  });
});

test('an answer of several kinds is told by its content type', async () => {
  const answer = async (type: string, answers: readonly AnswerKind[]): Promise<unknown> => {
    const { client: api } = client([new Response('{"a":1}', { headers: { 'content-type': type } })]);
    const operation: Operation = { ...GET, response: { kind: 'mixed', accept: '*/*', answers } };
    const value = await api._caller.call(operation, { id: 'a' });
    return value instanceof Response ? `bytes ${await value.text()}` : value;
  };
  const all = ['json', 'text', 'binary'] as const;
  assert.deepEqual(await answer('application/problem+json; charset=utf-8', all), { a: 1 });
  assert.equal(await answer('text/plain', all), '{"a":1}');
  assert.equal(await answer('image/png', all), 'bytes {"a":1}');
  assert.equal(await answer('text/csv', ['json', 'binary']), 'bytes {"a":1}');
  assert.equal(await answer('image/png', ['json', 'text']), '{"a":1}');
  assert.deepEqual(await answer('image/png', ['json']), { a: 1 });
});

test('a browser is not made to ask other origins for more than the API describes', async () => {
  const { client: api, sent } = client([json({}), json({})]);
  const { process } = globalThis;
  Object.defineProperty(globalThis, 'process', { value: undefined, configurable: true, writable: true });
  try {
    await api._caller.call(POST, { name: 'n' });
    await api._caller.call(POST, { name: 'n' }, { idempotencyKey: 'mine' });
  } finally {
    globalThis.process = process;
  }
  const [plain, asked] = sent.map(({ headers }) => Object.fromEntries(headers));
  assert.deepEqual(Object.keys(plain ?? {}).sort(), ['accept', 'authorization', 'content-type']);
  assert.equal(asked?.['idempotency-key'], 'mine');
});

test('a client that is printed shows no key', () => {
  const { client: api } = client([], { credentials: { token: 'another-secret' } });
  assert.doesNotMatch(inspect(api, { depth: 9, showHidden: true }) + JSON.stringify(api), /secret/);
});

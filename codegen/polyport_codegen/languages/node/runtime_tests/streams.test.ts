import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';

import { DeltaSum, type DeltaSpec } from '../../src/runtime/deltas.js';
import { APIDecodingError, APIError, APIStreamError, APITimeoutError } from '../../src/runtime/errors.js';
import type { Operation } from '../../src/runtime/operation.js';
import type { Stream } from '../../src/runtime/stream.js';
import { body, client, GET, json, STREAM } from './support.js';

interface Message {
  n: number;
}

async function open(stream: ReadableStream<Uint8Array>, options = {}): Promise<Stream<Message>> {
  const { client: api } = client([new Response(stream)]);
  return api._caller.stream<Message>(STREAM, {}, options);
}

async function collect(stream: Stream<Message>): Promise<{ seen: number[]; error?: unknown }> {
  const seen: number[] = [];
  try {
    for await (const message of stream) seen.push(message.n);
    return { seen };
  } catch (error) {
    return { seen, error };
  }
}

test('messages up to the end mark', async () => {
  const { seen, error } = await collect(
    await open(body(['data: {"n":1}\n\nda', 'ta: {"n":2}\n\ndata: [DONE]\n\n', 'data: {"n":3}\n\n'])),
  );
  assert.deepEqual(seen, [1, 2]);
  assert.equal(error, undefined);
});

test('an end without the mark, a broken connection and an error event are errors', async () => {
  const cut = await collect(await open(body(['data: {"n":1}\n\n'])));
  assert.deepEqual(cut.seen, [1]);
  assert.ok(cut.error instanceof APIStreamError);
  assert.match(cut.error.message, /ended before \[DONE\]/);
  const broken = await collect(await open(body(['data: {"n":1}\n\n'], new TypeError('terminated'))));
  assert.deepEqual(broken.seen, [1]);
  assert.ok(broken.error instanceof APIStreamError);
  const named = await collect(await open(body(['event: error\ndata: {"message":"no"}\n\n'])));
  assert.ok(named.error instanceof APIStreamError);
  assert.deepEqual(named.error.body, { message: 'no' });
  const member = await collect(await open(body(['data: {"error":{"message":"too long"}}\n\n'])));
  assert.ok(member.error instanceof APIStreamError);
  assert.match(member.error.message, /POST \/things: too long/);
  const odd = await collect(await open(body(['data: nonsense\n\n'])));
  assert.ok(odd.error instanceof APIDecodingError);
});

function endless(onCancel: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('data: {"n":1}\n\n')),
    cancel: onCancel,
  });
}

test('leaving the loop closes the connection', async () => {
  let cancelled = false;
  const stream = await open(endless(() => void (cancelled = true)));
  for await (const message of stream) {
    assert.equal(message.n, 1);
    break;
  }
  assert.ok(cancelled);
  await assert.rejects(stream[Symbol.asyncIterator]().next(), APIError);
});

test('silence is an error', async () => {
  let cancelled = false;
  const silent = new ReadableStream<Uint8Array>({ cancel: () => void (cancelled = true) });
  const { error } = await collect(await open(silent, { idleTimeout: 5 }));
  assert.ok(error instanceof APITimeoutError);
  assert.match(error.message, /no data for 5 ms/);
  assert.ok(cancelled);
});

/** A body that fails when the request's signal aborts, as fetch's bodies do. */
function following(signal: AbortSignal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('data: {"n":1}\n\n'));
      signal.addEventListener('abort', () => controller.error(signal.reason));
    },
  });
}

test('the stream\u2019s controller ends it quietly, the caller\u2019s signal does not', async () => {
  const answer = async (init: RequestInit): Promise<Response> =>
    new Response(following(init.signal as AbortSignal));
  const quiet = await client([answer]).client._caller.stream<Message>(STREAM, {});
  const seen: number[] = [];
  for await (const message of quiet) {
    seen.push(message.n);
    quiet.close();
  }
  assert.deepEqual(seen, [1]);
  const controller = new AbortController();
  const loud = await client([answer]).client._caller.stream<Message>(
    STREAM,
    {},
    { signal: controller.signal },
  );
  const reading = (async () => {
    for await (const message of loud) {
      assert.equal(message.n, 1);
      controller.abort(new Error('stop'));
    }
  })();
  await assert.rejects(reading, /stop/);
});

test('a signal that lives on is let go of', async () => {
  const { signal } = new AbortController();
  const listeners = (): number => getEventListeners(signal, 'abort').length;
  const { client: api } = client([
    json({}),
    json({}, { status: 400 }),
    new Response(body(['data: {"n":1}\n\n', 'data: [DONE]\n\n'])),
    new Response(endless(() => {})),
    json({}),
  ]);
  await api._caller.call(GET, { id: 'x' }, { signal });
  assert.equal(listeners(), 0, 'after an answer');
  await assert.rejects(api._caller.call(GET, { id: 'x' }, { signal }));
  assert.equal(listeners(), 0, 'after an error');
  const whole = await api._caller.stream<Message>(STREAM, {}, { signal });
  assert.equal(listeners(), 1, 'while a stream is open');
  assert.deepEqual((await collect(whole)).seen, [1]);
  assert.equal(listeners(), 0, 'after a stream');
  for await (const message of await api._caller.stream<Message>(STREAM, {}, { signal })) {
    assert.equal(message.n, 1);
    break;
  }
  assert.equal(listeners(), 0, 'after leaving a stream');
  await api.get('/anything', { signal });
  assert.equal(listeners(), 0, 'after an answer of any kind');
});

test('many calls at once share one listener of their signal, and all end with it', async () => {
  const controller = new AbortController();
  const never = (init: RequestInit): Promise<Response> =>
    new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
  const { client: api } = client(Array.from({ length: 20 }, () => never));
  const { signal } = controller;
  const calls = Array.from({ length: 20 }, () => api._caller.call(GET, { id: 'x' }, { signal }));
  const settled = Promise.allSettled(calls);
  assert.equal(getEventListeners(signal, 'abort').length, 1);
  controller.abort(new Error('enough'));
  for (const call of await settled) assert.match(String('reason' in call && call.reason), /enough/);
  assert.equal(getEventListeners(signal, 'abort').length, 0);
});

test('a download ends with its signal while it is read', async () => {
  const controller = new AbortController();
  const { client: api } = client([async (init) => new Response(following(init.signal as AbortSignal))]);
  const binary: Operation = { ...GET, response: { kind: 'binary' } };
  const response = await api._caller.call<Response>(binary, { id: 'x' }, { signal: controller.signal });
  const reading = response.text();
  controller.abort(new Error('enough'));
  await assert.rejects(reading, /enough/);
});

test('accumulators and readable streams', async () => {
  const pieces = ['data: {"n":1}\n\n', 'data: {"n":2}\n\n', 'data: [DONE]\n\n'];
  let total = 0;
  const sum = await (
    await open(body(pieces))
  ).accumulate({ add: (message) => void (total += message.n), result: () => total });
  assert.equal(sum, 3);
  const readable = (await open(body(pieces))).toReadableStream();
  assert.equal(await new Response(readable).text(), '{"n":1}\n{"n":2}\n');
});

const CHUNKS: DeltaSpec = {
  joined: [
    ['choices', '[]', 'delta', 'content'],
    ['choices', '[]', 'delta', 'tool_calls', '[]', 'function', 'arguments'],
  ],
  merged: [
    [['choices'], 'index'],
    [['choices', '[]', 'delta', 'tool_calls'], 'index'],
  ],
};
const SPOKEN = ((): object[] => {
  const call = (args: string): object => ({ index: 0, function: { arguments: args } });
  const delta = { role: 'assistant', content: 'ris', tool_calls: [{ id: 't', ...call('{"a"') }] };
  return [
    { id: 'c', choices: [{ index: 0, delta: { role: 'assistant', content: 'Pa' }, finish_reason: null }] },
    { id: 'c', choices: [{ index: 1, delta: { content: 'Rome' } }], tags: ['a'] },
    { id: 'c', choices: [{ index: 0, delta }], tags: ['b'] },
    { id: 'c', choices: [{ index: 0, delta: { tool_calls: [call(':1}')] }, finish_reason: 'stop' }] },
    { id: 'c', choices: [], usage: { total_tokens: 3 } },
  ];
})();

function summed(spec: DeltaSpec): unknown {
  const sum = new DeltaSum(spec);
  for (const chunk of SPOKEN) sum.add(chunk);
  return sum.result();
}

test('events add up by the rule', () => {
  const calls = [{ id: 't', index: 0, function: { arguments: '{"a":1}' } }];
  const delta = { role: 'assistant', content: 'Paris', tool_calls: calls };
  assert.deepEqual(summed(CHUNKS), {
    id: 'c',
    choices: [
      { index: 0, delta, finish_reason: 'stop' },
      { index: 1, delta: { content: 'Rome' } },
    ],
    tags: ['a', 'b'],
    usage: { total_tokens: 3 },
  });
  assert.equal(new DeltaSum(CHUNKS).result(), undefined);
});

test('texts newer than the package come in pieces too', () => {
  const sum = new DeltaSum({
    joined: [['delta', 'text']],
    pieces: [['delta']],
    kept: [['delta', 'mood']],
    names: ['id'],
    endings: ['_at'],
  });
  for (const delta of [
    { text: 'a', thought: 'x', mood: 'm', id: '1', made_at: 't' },
    { text: 'b', thought: 'y', mood: 'm', id: '1', made_at: 't' },
  ]) {
    sum.add({ said: 's', delta });
  }
  assert.deepEqual(sum.result(), {
    said: 's',
    delta: { text: 'ab', thought: 'xy', mood: 'm', id: '1', made_at: 't' },
  });
});

test('the sum becomes an answer of the plain form', () => {
  const whole = summed({
    ...CHUNKS,
    renamed: [[['choices', '[]', 'delta'], 'message']],
    dropped: [['choices', '[]', 'message', 'tool_calls', '[]', 'index']],
    constants: [[['object'], 'chat.completion']],
  }) as { object: string; choices: object[] };
  assert.equal(whole.object, 'chat.completion');
  const calls = [{ id: 't', function: { arguments: '{"a":1}' } }];
  const message = { role: 'assistant', content: 'Paris', tool_calls: calls };
  assert.deepEqual(whole.choices[0], { index: 0, finish_reason: 'stop', message });
});

test('a stream adds itself up, if its messages do', async () => {
  const text = SPOKEN.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('') + 'data: [DONE]\n\n';
  const { client: api } = client([text, text, 'data: [DONE]\n\n'].map((said) => new Response(said)));
  const operation: Operation = { ...STREAM, response: { ...STREAM.response, deltas: CHUNKS } };
  const stream = await api._caller.stream<object, { id: string }>(operation, {});
  assert.equal((await stream.accumulate()).id, 'c');
  const unknown = await api._caller.stream<object>(STREAM, {});
  await assert.rejects(unknown.accumulate(), /do not add up/);
  const empty = await api._caller.stream<object, object>(operation, {});
  await assert.rejects(empty.accumulate(), APIStreamError);
});

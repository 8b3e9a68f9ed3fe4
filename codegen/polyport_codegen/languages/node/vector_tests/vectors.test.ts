/** Plays every vector against this package: each is a test of its own. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';

import { APIStatusError } from '../../src/runtime/errors.js';
import { parseJSON } from '../../src/runtime/json.js';
import { createClient, operations, schema, type Client, type Entry } from './dispatcher.js';
import { errorKind, errorObservation, type Observation, type Read, type Vector } from './observe.js';
import { follow, variantName, type TypeNode } from './schema.js';

const server = spawn('python3', [process.env['VECTORS_SERVER'] ?? 'server.py', '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
after(() => server.kill());

const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
const base = line.replace(/^.*(http:\S+).*$/, '$1');

async function getJSON(path: string): Promise<unknown> {
  return parseJSON(await (await fetch(base + path)).text());
}

for (const vector of (await getJSON('/_vectors')) as Vector[]) {
  test(vector.name, async () => play(vector));
}

async function play(vector: Vector): Promise<void> {
  const entry = operations.get(vector.operation);
  assert.ok(entry, `the operation ${vector.operation} exists`);
  const run = `/${vector.name}/${randomUUID()}`;
  const settings = vector.client ?? {};
  const client = createClient({
    baseURL: base + run + (settings.base_query === undefined ? '' : `?${settings.base_query}`),
    apiKey: settings.api_key,
    credentials: settings.credentials,
    maxRetries: settings.max_retries,
    timeout: settings.timeout_ms,
    idleTimeout: settings.idle_timeout_ms,
    initialRetryDelay: 5,
    maxRetryDelay: 40,
    logLevel: 'off',
  });
  const seen = await observe(vector, entry, client);
  compare(vector, entry, seen);
  const report = (await getJSON(`/_report${run}`)) as {
    requests: number;
    client_closed: boolean;
    problems: string[];
  };
  assert.deepEqual(report.problems, []);
  const { requests, client_closed } = vector.observe;
  if (requests !== undefined) assert.equal(report.requests, requests, 'requests');
  if (client_closed !== undefined) assert.equal(report.client_closed, client_closed, 'client_closed');
}

async function observe(vector: Vector, entry: Entry, client: Client): Promise<Observation> {
  const seen: Observation = {};
  const controller = new AbortController();
  const cancelAfter = vector.cancel?.after_ms;
  const timer = cancelAfter === undefined ? undefined : setTimeout(() => controller.abort(), cancelAfter);
  const args = vector.arguments ?? {};
  const options = { signal: controller.signal };
  try {
    if (vector.mode === 'stream') {
      const events: unknown[] = (seen.events = []);
      assert.ok(entry.stream, 'the operation streams');
      for await (const event of await entry.stream(client, args, options)) {
        events.push(event);
        if (events.length === vector.cancel?.after_events) break;
      }
    } else if (vector.mode === 'events') {
      const events: unknown[] = (seen.events = []);
      assert.ok(entry.stream, 'the operation streams');
      for await (const event of (await entry.stream(client, args, options)).events()) events.push(event);
    } else if (vector.mode === 'sum') {
      assert.ok(entry.stream, 'the operation streams');
      seen.result = await (await entry.stream(client, args, options)).accumulate();
    } else if (vector.mode === 'pages') {
      const items: unknown[] = (seen.items = []);
      assert.ok(entry.pages, 'the operation has pages');
      for await (const item of entry.pages(client, args, options)) items.push(item);
    } else if (entry.pages) {
      seen.result = (await entry.pages(client, args, options)).body;
    } else {
      assert.ok(entry.plain, 'the operation has a plain form');
      const { data, response } = await entry.plain(client, args, options).withResponse();
      seen.result = await encoded(data);
      seen.status = response.status;
      seen.headers = response.headers;
    }
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    seen.error = error;
  } finally {
    clearTimeout(timer);
  }
  return seen;
}

async function encoded(data: unknown): Promise<unknown> {
  if (data instanceof Response) return { base64: Buffer.from(await data.arrayBuffer()).toString('base64') };
  return data ?? null;
}

function compare(vector: Vector, entry: Entry, seen: Observation): void {
  const expected = vector.observe;
  if (expected.error) {
    assert.ok(seen.error !== undefined, 'the call fails');
    compareError(expected.error, seen.error, entry);
  } else if (seen.error !== undefined && !vector.cancel) {
    throw seen.error;
  }
  if ('result' in expected) assert.deepEqual(seen.result, expected.result);
  if (expected.events) assert.deepEqual(seen.events, expected.events);
  if (expected.items) assert.deepEqual(seen.items, expected.items);
  if (expected.status !== undefined) assert.equal(seen.status, expected.status);
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    assert.equal(seen.headers?.get(name), value, `header ${name}`);
  }
  for (const read of expected.reads ?? []) compareRead(read, entry, seen);
}

function compareRead(read: Read, entry: Entry, seen: Observation): void {
  const values = seen.events ?? seen.items;
  const root = read.event === undefined ? seen.result : values?.[read.event];
  const type = read.event === undefined ? entry.result : (entry.each ?? null);
  compareAt(read, type, root);
}

function compareAt(read: Read, type: TypeNode, root: unknown): void {
  const at = follow(schema, type, root, read.path);
  const where = `at ${JSON.stringify(read.path)}`;
  if ('value' in read) assert.deepEqual(at.value ?? null, read.value, where);
  if (read.variant !== undefined) assert.equal(variantName(schema, at.type, at.value), read.variant, where);
}

function compareError(expected: NonNullable<Vector['observe']['error']>, error: unknown, entry: Entry): void {
  const { message_contains, message_lacks, data, ...members } = expected;
  const actual = errorObservation(error);
  for (const [name, value] of Object.entries(members)) {
    assert.deepEqual(actual[name], value, `${name} of ${errorKind(error)}: ${String(error)}`);
  }
  const message = error instanceof Error ? error.message : String(error);
  for (const text of [message_contains ?? []].flat())
    assert.ok(message.includes(text), `${message}: has ${text}`);
  for (const text of [message_lacks ?? []].flat())
    assert.ok(!message.includes(text), `${message}: lacks ${text}`);
  for (const read of data ?? []) {
    assert.ok(error instanceof APIStatusError);
    const fitting = [`${error.status}`, `${Math.floor(error.status / 100)}XX`, 'default'];
    const status = fitting.find((name) => entry.errors?.[name] !== undefined);
    const type = entry.errors?.[status ?? ''] ?? null;
    compareAt(read, type, status === undefined ? undefined : error.bodyAs());
  }
}

/** The built package as its users load it: both module systems, and single resources. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Loaded {
  Vectors: new (options: object) => {
    messages: { create: unknown };
    parameters: { query: { retrieve: unknown } };
  };
  APIError: unknown;
}

test('import and require give the same package', async () => {
  const name = 'vectors';
  for (const loaded of [(await import(name)) as Loaded, require(name) as Loaded]) {
    const client = new loaded.Vectors({ apiKey: 'k' });
    assert.equal(typeof client.messages.create, 'function');
    assert.equal(typeof client.parameters.query.retrieve, 'function');
    assert.equal(typeof loaded.APIError, 'function');
  }
});

test('one resource is usable alone', async () => {
  const core = 'vectors/core';
  const resource = 'vectors/resources/messages';
  const { VectorsCore } = (await import(core)) as { VectorsCore: new (options: object) => object };
  const { MessagesResource } = (await import(resource)) as {
    MessagesResource: new (core: object) => { retrieve(id: string): Promise<unknown> };
  };
  const fetch = async (): Promise<Response> => Response.json({ id: 'm1', text: 'Hi' });
  const messages = new MessagesResource(new VectorsCore({ apiKey: null, fetch }));
  assert.deepEqual(await messages.retrieve('m1'), { id: 'm1', text: 'Hi' });
});

test('the package depends on nothing, and builds declarations for both module systems', () => {
  const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as Record<string, unknown>;
  assert.equal(manifest['dependencies'], undefined);
  for (const file of ['dist/esm/index.d.ts', 'dist/cjs/index.d.ts', 'dist/cjs/package.json']) {
    assert.ok(readFileSync(root + file, 'utf8').length > 0, file);
  }
});

test('options of a client can be changed for another', async () => {
  const { Vectors } = await import('../../src/index.js');
  const urls: string[] = [];
  const fetch = async (url: string): Promise<Response> => {
    urls.push(url);
    return Response.json({ ok: true });
  };
  const client = new Vectors({ apiKey: null, fetch, baseURL: 'https://a.example' });
  const other = client.withOptions({ baseURL: 'https://b.example' });
  assert.ok(other instanceof Vectors);
  await client.ping.retrieve();
  await other.ping.retrieve();
  assert.deepEqual(urls, ['https://a.example/ping', 'https://b.example/ping']);
});

import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';

import { encodeBody, inferBodySpec, prepareBody } from '../../src/runtime/body.js';
import { inBodyForm, splitArguments, type BodySpec, type Operation } from '../../src/runtime/operation.js';
import { fileFromPath, toFile } from '../../src/runtime/uploads.js';

const FORM: BodySpec = {
  kind: 'multipart',
  contentType: 'multipart/form-data',
  parts: { meta: { contentType: 'application/json' }, image: { contentType: 'image/*' } },
};

async function form(value: object): Promise<FormData> {
  const { value: prepared, replayable } = await prepareBody(FORM, value);
  assert.ok(replayable);
  const { body, contentType } = encodeBody(FORM, prepared);
  return new Response(body, { headers: { 'content-type': contentType } }).formData();
}

test('a form holds texts, JSON and files of every kind', async () => {
  const read = await form({
    text: 'Grüße',
    count: 5,
    skip: undefined,
    list: ['a', 'b'],
    meta: { a: 1 },
    blob: new Blob(['b'], { type: 'text/plain' }),
    bytes: new Uint8Array([1, 2]),
    stream: Readable.from([Buffer.from('s1'), Buffer.from('s2')]),
    'odd"name': new File(['x'], 'a"b\n.txt'),
  });
  assert.equal(read.get('text'), 'Grüße');
  assert.equal(read.get('count'), '5');
  assert.equal(read.has('skip'), false);
  assert.deepEqual(read.getAll('list'), ['a', 'b']);
  assert.equal(read.get('meta'), '{"a":1}');
  assert.equal(await (read.get('blob') as File).text(), 'b');
  assert.deepEqual(new Uint8Array(await (read.get('bytes') as File).arrayBuffer()), new Uint8Array([1, 2]));
  assert.equal(await (read.get('stream') as File).text(), 's1s2');
});

test('a stream of a file has the name and the type of the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'upload-'));
  await writeFile(join(folder, 'talk.mp3'), 'sound');
  const read = await form({ file: createReadStream(join(folder, 'talk.mp3')) });
  const file = read.get('file') as File;
  assert.deepEqual([file.name, file.type, await file.text()], ['talk.mp3', 'audio/mpeg', 'sound']);
  await rm(folder, { recursive: true });
});

test('a JSON part has a type and no file name', async () => {
  const { body } = encodeBody(FORM, { meta: { a: 1 } });
  const text = await new Response(body).text();
  assert.match(text, /name="meta"\r\nContent-Type: application\/json\r\n\r\n\{"a":1\}\r\n/);
});

test('form-encoded members repeat lists', () => {
  const spec: BodySpec = { kind: 'form', contentType: 'application/x-www-form-urlencoded' };
  assert.equal(encodeBody(spec, { a: 'x y', b: [1, 2], c: undefined }).body, 'a=x+y&b=1&b=2');
});

test('a bare stream can be sent only once', async () => {
  const spec = inferBodySpec(Readable.from(['x']));
  assert.equal(spec.kind, 'binary');
  assert.equal((await prepareBody(spec, Readable.from(['x']))).replayable, false);
  const { body } = encodeBody(spec, Readable.from([Buffer.from('ab'), Buffer.from('c')]));
  assert.ok(body instanceof ReadableStream);
  assert.equal(await new Response(body).text(), 'abc');
});

test('toFile takes text, bytes, responses and streams', async () => {
  const file = await toFile('text', 'a.txt', { type: 'text/plain' });
  assert.deepEqual([file.name, file.type, await file.text()], ['a.txt', 'text/plain', 'text']);
  assert.equal(await (await toFile(new Uint8Array([104, 105]))).text(), 'hi');
  assert.equal(await (await toFile(new Response('body'))).text(), 'body');
  const web = new Response('web').body as ReadableStream<Uint8Array>;
  assert.equal(await (await toFile(web, 'w')).text(), 'web');
  assert.equal((await toFile(file)).name, 'a.txt');
});

test('a file on disk keeps its name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'upload-'));
  try {
    await writeFile(join(folder, 'note.txt'), 'on disk');
    const file = await fileFromPath(join(folder, 'note.txt'), { type: 'text/plain' });
    assert.deepEqual([file.name, file.type, await file.text()], ['note.txt', 'text/plain', 'on disk']);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a list is written as one JSON text a line', async () => {
  const spec: BodySpec = { kind: 'jsonl', contentType: 'application/jsonl', member: 'body' };
  const { body, contentType } = encodeBody(spec, [{ a: 'x\ny' }, [1], 2n ** 64n]);
  assert.equal(await new Response(body).text(), '{"a":"x\\ny"}\n[1]\n18446744073709551616\n');
  assert.equal(contentType, 'application/jsonl');
});

test('a body is sent in the form that the params name', () => {
  const operation: Operation = {
    id: 'op',
    method: 'PUT',
    path: '/',
    body: {
      kind: 'json',
      contentType: 'application/json',
      required: true,
      others: [{ kind: 'text', contentType: 'text/plain', member: 'text' }],
    },
    response: { kind: 'none' },
  };
  assert.equal(inBodyForm(operation, { name: 'x' }), operation);
  const sent = inBodyForm(operation, { text: 'Hi' });
  assert.equal(splitArguments(sent, { text: 'Hi' }).body, 'Hi');
  assert.deepEqual(encodeBody(sent.body as BodySpec, 'Hi'), { body: 'Hi', contentType: 'text/plain' });
});

test('bytes are sent as what they say they are', () => {
  const spec: BodySpec = {
    kind: 'binary',
    contentType: 'image/png',
  };
  const type = (of: string): string => encodeBody(spec, new Blob(['x'], { type: of })).contentType;
  assert.deepEqual(['image/webp', 'image/gif', ''].map(type), ['image/webp', 'image/gif', 'image/png']);
});

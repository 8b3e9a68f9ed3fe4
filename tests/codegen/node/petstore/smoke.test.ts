/** The pet store's client against a scripted `fetch`. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NotFoundError, Petstore, type Pet } from '../../src/index.js';

interface Sent {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
}

function petstore(...answers: Response[]): { client: Petstore; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const request = new Request(url, init);
    const headers = Object.fromEntries(request.headers);
    sent.push({ url, method: request.method, headers, body: (await request.text()) || undefined });
    return answers.shift() ?? new Response(null, { status: 204 });
  };
  return { client: new Petstore({ apiKey: 'key', fetch, maxRetries: 0 }), sent };
}

const REX: Pet = { id: 1, name: 'Rex', photoUrls: [], status: 'available' };

test('a pet is added and found', async () => {
  const { client, sent } = petstore(Response.json(REX), Response.json(REX));
  const added = await client.pet.create({ name: 'Rex', photoUrls: [] });
  assert.deepEqual(added, REX);
  const found = await client.pet.retrieve(1);
  assert.equal(found.name, 'Rex');
  assert.deepEqual(
    sent.map((request) => [
      request.method,
      request.url,
      request.headers['authorization'],
      request.headers['api_key'],
    ]),
    [
      ['POST', 'https://eu.petstore.example/v3/pet', 'Bearer key', undefined],
      ['GET', 'https://eu.petstore.example/v3/pet/1', undefined, 'key'],
    ],
  );
  assert.deepEqual(JSON.parse(sent[0]?.body ?? ''), { name: 'Rex', photoUrls: [] });
});

test('forms and uploads are sent', async () => {
  const { client, sent } = petstore();
  await client.pet.updatePetWithForm(1, { name: 'Max', status: 'sold' });
  assert.equal(sent[0]?.body, 'name=Max&status=sold');
  assert.equal(sent[0]?.headers['content-type'], 'application/x-www-form-urlencoded');
  await client.pet.delete(1, { api_key: 'own' });
  assert.equal(sent[1]?.headers['api_key'], 'own');
});

test('a missing pet is an error', async () => {
  const { client } = petstore(Response.json({ message: 'Pet not found' }, { status: 404 }));
  await assert.rejects(client.pet.retrieve(2), (error) => {
    assert.ok(error instanceof NotFoundError);
    assert.equal(error.message, 'GET /pet/2: 404 Pet not found');
    return true;
  });
});

/** The committed client, as built, against an HTTP server on this machine. */

import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';

import { NotFoundError, Polyport, type ChatMessage } from '@polyport/sdk';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** Runs `use` with a client of a server that answers by `handler`. */
async function serving(handler: Handler, use: (client: Polyport) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => handler(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await use(new Polyport({ baseURL: `http://127.0.0.1:${port}`, apiKey: 'key', maxRetries: 0 }));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const MESSAGES: ChatMessage[] = [{ role: 'user', content: 'What is the capital of France?' }];

test('a conversation is answered at once', async () => {
  await serving(
    (request, response, body) => {
      assert.equal(`${request.method} ${request.url}`, 'POST /v1/chat/completions');
      assert.equal(request.headers.authorization, 'Bearer key');
      assert.deepEqual(JSON.parse(body), { model: 'm', messages: MESSAGES, temperature: 0 });
      response.setHeader('content-type', 'application/json');
      response.setHeader('x-request-id', 'req_1');
      const message = { role: 'assistant', content: 'Paris' };
      response.end(JSON.stringify({ id: 'c1', choices: [{ index: 0, message, finish_reason: 'stop' }] }));
    },
    async (client) => {
      const call = client.chat.completions.create({ model: 'm', messages: MESSAGES, temperature: 0 });
      const { data, requestId } = await call.withResponse();
      assert.equal(data.choices[0]?.message.content, 'Paris');
      assert.equal(requestId, 'req_1');
    },
  );
});

test('a conversation is answered piece by piece', async () => {
  await serving(
    (_, response, body) => {
      assert.equal((JSON.parse(body) as { stream: boolean }).stream, true);
      response.setHeader('content-type', 'text/event-stream');
      for (const content of ['Pa', 'ris']) {
        response.write(
          `data: ${JSON.stringify({ id: 'c1', choices: [{ index: 0, delta: { content } }] })}\n\n`,
        );
      }
      response.end('data: [DONE]\n\n');
    },
    async (client) => {
      let text = '';
      const stream = await client.chat.completions.create({ model: 'm', messages: MESSAGES, stream: true });
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
      assert.equal(text, 'Paris');
    },
  );
});

test('models are listed, and an unknown one is an error', async () => {
  await serving(
    (request, response) => {
      response.setHeader('content-type', 'application/json');
      if (request.url === '/v1/models') {
        response.end(JSON.stringify({ object: 'list', data: [{ id: 'a' }, { id: 'b' }] }));
      } else {
        response.statusCode = 404;
        response.end(
          JSON.stringify({ error: { type: 't', code: null, message: 'no such model', param: null } }),
        );
      }
    },
    async (client) => {
      const ids: string[] = [];
      for await (const model of client.models.list()) ids.push(model.id);
      assert.deepEqual(ids, ['a', 'b']);
      await assert.rejects(client.models.retrieve('c'), (error) => {
        assert.ok(error instanceof NotFoundError);
        assert.equal(error.message, 'GET /v1/models/c: 404 no such model');
        return true;
      });
    },
  );
});

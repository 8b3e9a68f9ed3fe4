/** What the tests of the runtime share: a client over a scripted `fetch`. */

import { BaseClient } from '../../src/runtime/client.js';
import type { Operation } from '../../src/runtime/operation.js';
import type { ApiInfo, ClientOptions } from '../../src/runtime/options.js';

export interface SentRequest {
  url: string;
  method: string;
  headers: Headers;
  body: unknown;
  redirect: string | undefined;
}

/** Answers of a scripted `fetch`, in order: a response, or an error that it rejects with. */
export type Script = (Response | Error | ((init: RequestInit) => Promise<Response>))[];

export function scripted(script: Script): {
  fetch: NonNullable<ClientOptions['fetch']>;
  sent: SentRequest[];
} {
  const sent: SentRequest[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    sent.push({
      url,
      method: init.method ?? '',
      headers: new Headers(init.headers),
      body: init.body,
      redirect: init.redirect,
    });
    const next = script.shift();
    if (next === undefined) throw new Error('one request too many');
    if (next instanceof Error) throw next;
    return typeof next === 'function' ? next(init) : next;
  };
  return { fetch, sent };
}

export const INFO: ApiInfo = {
  package: 'acme',
  version: '1.2.3',
  envPrefix: 'ACME_RUNTIME_TEST',
  baseURL: 'https://api.example/base',
  schemes: { token: { kind: 'bearer' } },
  security: [['token'], []],
  secretHeaders: ['authorization', 'cookie', 'set-cookie'],
};

export function client(
  script: Script,
  options: ClientOptions = {},
): { client: BaseClient; sent: SentRequest[] } {
  const { fetch, sent } = scripted(script);
  const settings = {
    fetch,
    apiKey: 'secret-key',
    initialRetryDelay: 1,
    maxRetryDelay: 2,
    logLevel: 'off' as const,
  };
  return { client: new BaseClient(INFO, { ...settings, ...options }), sent };
}

export function json(value: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' }, ...init });
}

/** A body in pieces; with an error at the end when one is given. */
export function body(pieces: readonly (string | Uint8Array)[], end?: Error): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const queue = pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece));
  return new ReadableStream({
    pull(controller) {
      const next = queue.shift();
      if (next) controller.enqueue(next);
      else if (end) controller.error(end);
      else controller.close();
    },
  });
}

export const GET: Operation = {
  id: 'getThing',
  method: 'GET',
  path: '/things/{id}',
  parameters: [{ name: 'id', in: 'path' }],
  response: { kind: 'json' },
};

export const POST: Operation = {
  id: 'createThing',
  method: 'POST',
  path: '/things',
  parameters: [{ name: 'dry_run', in: 'query' }],
  body: { kind: 'json', contentType: 'application/json', required: true },
  response: { kind: 'json' },
};

export const STREAM: Operation = { ...POST, response: { kind: 'sse', terminator: '[DONE]' } };

/** Servers by name and their variables, which vectors (a base URL for every run) do not show. */

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { BaseClient } from '../../src/runtime/client.js';
import { APIError } from '../../src/runtime/errors.js';
import type { ApiInfo, ClientOptions } from '../../src/runtime/options.js';
import { GET, INFO, json, scripted } from './support.js';

const REGION = { env: 'SERVER_REGION', default: 'eu', values: ['eu', 'us'] };
const API: ApiInfo = {
  ...INFO,
  baseURL: 'https://eu.acme.example/v1',
  servers: {
    choices: [
      { name: 'production', url: 'https://{region}.acme.example/v1', variables: { region: REGION } },
      { name: 'sandbox', url: 'https://sandbox.acme.example' },
      { name: 'own', url: 'https://{tenant}.own.example', variables: { tenant: { env: 'SERVER_TENANT' } } },
    ],
    own: {
      'https://eu.up.example': [
        {
          name: 'production',
          url: 'https://{region}.up.example',
          variables: { region: { env: 'SERVER_REGION', default: 'eu' } },
        },
        { name: 'sandbox', url: 'https://sandbox.up.example' },
      ],
      '/edge': [
        { name: 'server-1', url: '/{edge}', variables: { edge: { env: 'SERVER_EDGE', default: 'edge' } } },
      ],
    },
  },
};

class Client extends BaseClient {
  constructor(options: ClientOptions = {}) {
    super(API, options);
  }

  withOptions(options: ClientOptions): Client {
    return new Client(this._merged(options));
  }
}

/** Where a call with that server of its own goes. */
async function url(
  options: ClientOptions = {},
  server?: string,
  later: ClientOptions = {},
): Promise<string | undefined> {
  const { fetch, sent } = scripted([json({})]);
  const api = new Client({ fetch, logLevel: 'off', ...options }).withOptions(later);
  const own = server === undefined ? {} : { server };
  await api._caller.call({ ...GET, path: '/x', parameters: [], security: [], ...own }, {});
  return sent[0]?.url;
}

const VARIABLES = ['BASE_URL', 'SERVER', 'SERVER_REGION', 'SERVER_TENANT', 'SERVER_EDGE'];

function setEnv(values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) process.env[`ACME_RUNTIME_TEST_${name}`] = value;
}

afterEach(() => {
  for (const name of VARIABLES) delete process.env[`ACME_RUNTIME_TEST_${name}`];
});

test('a server is chosen by its name and its variables are filled in', async () => {
  assert.equal(await url(), 'https://eu.acme.example/v1/x');
  assert.equal(await url({ server: 'sandbox' }), 'https://sandbox.acme.example/x');
  assert.equal(await url({ serverVariables: { region: 'us' } }), 'https://us.acme.example/v1/x');
  assert.equal(await url({ server: 'own', serverVariables: { tenant: 'me' } }), 'https://me.own.example/x');
});

test('the choice reaches the servers of single calls', async () => {
  const up = 'https://eu.up.example';
  assert.equal(await url({}, up), 'https://eu.up.example/x');
  assert.equal(await url({ serverVariables: { region: 'us' } }, up), 'https://us.up.example/x');
  assert.equal(await url({ server: 'sandbox' }, up), 'https://sandbox.up.example/x');
  assert.equal(await url({}, 'https://other.example'), 'https://other.example/x');
});

test('a base URL stands in for all servers but those beside it', async () => {
  const baseURL = 'https://mine.example/api?key=1';
  assert.equal(await url({ baseURL }, 'https://eu.up.example'), 'https://mine.example/api/x?key=1');
  const beside = await url({ baseURL, serverVariables: { edge: 'e2' } }, '/edge');
  assert.equal(beside, 'https://mine.example/e2/x?key=1');
  assert.throws(
    () => new Client({ baseURL, serverVariables: { region: 'us' } }),
    /give either baseURL or serverVariables for 'region', not both/,
  );
  assert.throws(() => new Client({ baseURL, server: 'sandbox' }), /give either baseURL or server, not both/);
});

test('the environment fills in what the options leave out', async () => {
  setEnv({ SERVER_REGION: 'us' });
  assert.equal(await url(), 'https://us.acme.example/v1/x');
  assert.equal(await url({ serverVariables: { region: 'eu' } }), 'https://eu.acme.example/v1/x');
  setEnv({ SERVER: 'sandbox' });
  assert.equal(await url(), 'https://sandbox.acme.example/x');
  setEnv({ BASE_URL: 'https://env.example' });
  assert.equal(await url(), 'https://env.example/x');
  assert.equal(await url({ server: 'production' }), 'https://us.acme.example/v1/x');
});

test('what is set last counts', async () => {
  const us = { serverVariables: { region: 'us' } };
  const mine = { baseURL: 'https://mine.example' };
  assert.equal(await url(us, undefined, { maxRetries: 0 }), 'https://us.acme.example/v1/x');
  assert.equal(await url(us, undefined, mine), 'https://mine.example/x');
  assert.equal(await url(us, undefined, { server: 'sandbox' }), 'https://sandbox.acme.example/x');
  assert.equal(await url(mine, undefined, us), 'https://us.acme.example/v1/x');
});

test('what cannot be is named', () => {
  const refused = (options: ClientOptions, message: string, info: ApiInfo = API): void => {
    assert.throws(
      () => new BaseClient(info, options),
      (error) => error instanceof APIError && error.message.includes(message),
    );
  };
  refused({ server: 'moon' }, "'moon' is no server of the API; it has 'production', 'sandbox', 'own'");
  refused(
    { serverVariables: { region: 'moon' } },
    "region must be one of eu, us in 'https://{region}.acme.example/v1', not 'moon'",
  );
  refused(
    { serverVariables: { zone: 'a' } },
    "'zone' is no variable of 'https://{region}.acme.example/v1' (it has region)",
  );
  refused(
    { server: 'own' },
    "needs 'tenant': give it in serverVariables or set ACME_RUNTIME_TEST_SERVER_TENANT",
  );
  refused(
    { serverVariables: { region: 'eu' } },
    "'region' is no variable of the API's servers; they have none",
    INFO,
  );
  refused({ server: 'a' }, 'it has none to choose', INFO);
  setEnv({ SERVER_REGION: 'moon' });
  refused({}, 'ACME_RUNTIME_TEST_SERVER_REGION must be one of eu, us');
});

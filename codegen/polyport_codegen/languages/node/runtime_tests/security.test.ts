import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { BaseClient } from '../../src/runtime/client.js';
import { APIError, MissingCredentialError } from '../../src/runtime/errors.js';
import type { ApiInfo, ClientOptions } from '../../src/runtime/options.js';
import type { SecuritySpec } from '../../src/runtime/security.js';
import { GET, INFO, json, scripted, type SentRequest } from './support.js';

const API: ApiInfo = {
  ...INFO,
  schemes: {
    appId: { kind: 'header', name: 'X-App-Id', env: 'APP_ID' },
    secret: { kind: 'query', name: 'secret', env: 'SECRET' },
    one: { kind: 'cookie', name: 'one', env: 'ONE' },
    two: { kind: 'cookie', name: 'two', env: 'TWO' },
    login: { kind: 'basic', env: 'LOGIN' },
    token: { kind: 'bearer', env: 'TOKEN' },
  },
};
const BOTH = [['appId', 'secret']];

class Client extends BaseClient {
  constructor(options: ClientOptions) {
    super(API, options);
  }

  withOptions(options: ClientOptions): Client {
    return new Client(this._merged(options));
  }
}

function client(options: ClientOptions): { client: Client; sent: SentRequest[] } {
  const { fetch, sent } = scripted([json({}), json({}), json({})]);
  return { client: new Client({ fetch, logLevel: 'off', ...options }), sent };
}

async function sentWith(security: SecuritySpec, options: ClientOptions): Promise<SentRequest> {
  const { client: api, sent } = client(options);
  await api._caller.call({ ...GET, security }, { id: 'a' });
  assert.ok(sent[0]);
  return sent[0];
}

afterEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith(API.envPrefix)) delete process.env[name];
});

test('credentials go where their schemes want them', async () => {
  const credential = (id: string, value: string): ClientOptions => ({ credentials: { [id]: value } });
  const basic = await sentWith([['login']], credential('login', 'user:pässword'));
  assert.equal(
    basic.headers.get('authorization'),
    `Basic ${Buffer.from('user:pässword').toString('base64')}`,
  );
  assert.match((await sentWith([['secret']], credential('secret', 'ä b'))).url, /\?secret=%C3%A4%20b$/);
  assert.equal((await sentWith([['one']], credential('one', 'a=b'))).headers.get('cookie'), 'one=a=b');
  await assert.rejects(sentWith([['appId']], credential('appId', 'a\nb')), /characters that no header/);
  assert.equal((await sentWith([], { apiKey: 'k' })).headers.has('authorization'), false);
});

test('the environment fills in what the arguments leave out', async () => {
  process.env['ACME_RUNTIME_TEST_APP_ID'] = 'from-env';
  process.env['ACME_RUNTIME_TEST_SECRET'] = 'unused';
  const request = await sentWith(BOTH, { credentials: { secret: 'given' } });
  assert.equal(request.headers.get('x-app-id'), 'from-env');
  assert.match(request.url, /secret=given$/);
});

test('a key that is given beats every variable', async () => {
  process.env['ACME_RUNTIME_TEST_TOKEN'] = 'from-env';
  const request = await sentWith([['token']], { apiKey: 'given' });
  assert.equal(request.headers.get('authorization'), 'Bearer given');
});

test('what is missing is named, and nothing is sent', async () => {
  const { client: api, sent } = client({ credentials: { appId: 'a' } });
  const call = api._caller.call({ ...GET, security: [...BOTH, ['token']] }, { id: 'a' });
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof MissingCredentialError && error instanceof APIError);
    assert.match(
      error.message,
      /^GET \/things\/a: .*'secret' \(ACME_RUNTIME_TEST_SECRET\), or 'token' \(ACME_RUNTIME_TEST_TOKEN or ACME_RUNTIME_TEST_API_KEY\);/,
    );
    return true;
  });
  assert.equal(sent.length, 0);
});

test('a credential for no scheme is refused', () => {
  assert.throws(() => client({ credentials: { gone: 'x' } }), /'gone' is no security scheme.*appId/);
});

test('what the caller puts in counts and wins', async () => {
  const header = await sentWith(BOTH, {
    defaultHeaders: { 'x-app-id': 'mine' },
    credentials: { appId: 'other', secret: 's' },
  });
  assert.equal(header.headers.get('x-app-id'), 'mine');
  const query = await sentWith(BOTH, {
    defaultHeaders: { 'X-App-Id': 'mine' },
    defaultQuery: { secret: 'q' },
  });
  assert.match(query.url, /secret=q$/);
  const cookie = await sentWith([['one', 'two']], {
    defaultHeaders: { Cookie: 'two=2' },
    credentials: { one: '1' },
  });
  assert.deepEqual(cookie.headers.get('cookie')?.split('; ').sort(), ['one=1', 'two=2']);
  const none = await sentWith([['token']], { defaultHeaders: { authorization: null } });
  assert.equal(none.headers.has('authorization'), false);
});

test('credentials can be functions, which are called when they are needed', async () => {
  const asked: string[] = [];
  const token = (): string => {
    asked.push('token');
    return 'late';
  };
  const credentials = { token, appId: () => 'a', secret: async () => 's' };
  assert.equal((await sentWith([['token']], { credentials })).headers.get('authorization'), 'Bearer late');
  assert.match((await sentWith(BOTH, { credentials })).url, /secret=s$/);
  assert.deepEqual(asked, ['token']);
});

test('a changed client keeps credentials unless it is given another key', async () => {
  const { client: api, sent } = client({ credentials: { token: 'mine', appId: 'a' } });
  const call = { ...GET, security: [['token']] };
  await api.withOptions({ credentials: { appId: 'b' } })._caller.call(call, { id: 'a' });
  await api.withOptions({ apiKey: 'other' })._caller.call(call, { id: 'a' });
  assert.deepEqual(
    sent.map((request) => request.headers.get('authorization')),
    ['Bearer mine', 'Bearer other'],
  );
});

test('an undocumented call shows a credential that there is, and needs none', async () => {
  const { client: api, sent } = client({});
  await api.get('/x');
  await api.withOptions({ credentials: { token: 't' } }).get('/x');
  assert.deepEqual(
    sent.map((request) => request.headers.get('authorization')),
    [null, 'Bearer t'],
  );
});

test('a server of an operation stands below the base URL, or is used when the base URL is nobody’s choice', async () => {
  const url = async (server: string, options: ClientOptions): Promise<string> => {
    const { client: api, sent } = client(options);
    await api._caller.call({ ...GET, security: [], server }, { id: 'a' });
    return sent[0]?.url ?? '';
  };
  const own = { baseURL: 'https://own.example/v1' };
  assert.equal(await url('v2', own), 'https://own.example/v1/v2/things/a');
  assert.equal(await url('/v2/', own), 'https://own.example/v2/things/a');
  assert.equal(await url('https://other.example', own), 'https://own.example/v1/things/a');
  assert.equal(await url('https://other.example', {}), 'https://other.example/things/a');
});

test('without any base URL there is no client', () => {
  assert.throws(
    () => new BaseClient({ ...INFO, baseURL: '' }, {}),
    /no base URL.*give baseURL or set ACME_RUNTIME_TEST_BASE_URL/,
  );
});

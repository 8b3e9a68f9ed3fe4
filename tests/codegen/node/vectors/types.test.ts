/** What the types promise: this file is checked by the compiler first; the runner then sees that the values agree. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  isUnknownEntry,
  isUnknownPart,
  Vectors,
  type Account,
  type AccountsCreateParams,
  type APIPromise,
  type ConflictError,
  type Content,
  type Entry,
  type Enums,
  type Message,
  type MessageChunk,
  type MessagesCreateParams,
  type Page,
  type PagePromise,
  type Part,
  type Question,
  type Refusal,
  type Remark,
  type Reply,
  type Role,
  type Shape,
  type Story,
  type StoryPiece,
  type Stream,
  type UnknownVariant,
  type Untagged,
} from '../../src/index.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Fails to compile unless the two types are the same. */
function same<A, B>(...difference: Equal<A, B> extends true ? [] : ['the types differ']): void {
  assert.deepEqual(difference, []);
}

const client = new Vectors({ baseURL: 'http://127.0.0.1:9', apiKey: null });

test('create gives what its selector says', () => {
  const checks = (): void => {
    const params: MessagesCreateParams = { text: 'Hi' } as MessagesCreateParams;
    same<ReturnType<typeof plain>, APIPromise<Message>>();
    same<ReturnType<typeof streamed>, APIPromise<Stream<MessageChunk, Message>>>();
    same<ReturnType<typeof undecided>, APIPromise<Message | Stream<MessageChunk, Message>>>();
    same<ReturnType<typeof either>, APIPromise<Message | Stream<MessageChunk, Message>>>();
    function plain() {
      return client.messages.create({ text: 'Hi' });
    }
    function streamed() {
      return client.messages.create({ text: 'Hi', stream: true });
    }
    function either() {
      return client.messages.create(params);
    }
    function undecided(stream: boolean) {
      return client.messages.create({ text: 'Hi', stream });
    }
    // @ts-expect-error a required member is missing
    void client.messages.create({});
    // @ts-expect-error no such member
    void client.messages.create({ text: 'Hi', txet: 'Hi' });
  };
  assert.equal(typeof checks, 'function');
});

test('the plain form of what streams by itself need not be asked for', () => {
  const checks = (): void => {
    same<ReturnType<typeof plain>, APIPromise<Story>>();
    same<ReturnType<typeof streamed>, APIPromise<Stream<StoryPiece, Story>>>();
    function plain() {
      return client.stories.create({ prompt: 'Once' });
    }
    function streamed() {
      return client.stories.create({ prompt: 'Once', stream: true });
    }
    void client.stories.create();
    void client.stories.retrieve('s1');
  };
  assert.equal(typeof checks, 'function');
});

test('the body of an error can be read as its type', () => {
  const checks = (error: ConflictError): void => {
    const refusal = error.bodyAs<Refusal>();
    same<typeof refusal, Refusal | undefined>();
  };
  assert.equal(typeof checks, 'function');
});

test('a stream adds up to what the plain call gives', () => {
  const checks = async (): Promise<void> => {
    const stream = await client.messages.create({ text: 'Hi', stream: true });
    const whole = await stream.accumulate();
    same<typeof whole, Message>();
  };
  assert.equal(typeof checks, 'function');
});

test('a body can be given in another form', () => {
  const checks = (): void => {
    void client.files.update('f', { text: 'JSON' });
    void client.files.update('f', { text_body: 'plain text' });
    void client.files.update('f', { bytes: new Blob(['bytes']) });
    // @ts-expect-error no form has it
    void client.files.update('f', { body: 'x' });
  };
  assert.equal(typeof checks, 'function');
});

test('credentials are for the schemes of the API', () => {
  void new Vectors({ baseURL: 'http://127.0.0.1:9', credentials: { appId: 'a', appSecret: () => 'b' } });
  const wrong = (): void => {
    // @ts-expect-error no such scheme
    void new Vectors({ credentials: { gone: 'a' } });
  };
  assert.throws(wrong, /no security scheme/);
});

test('a union told apart by two members narrows by both', () => {
  const describe = (entry: Entry): string => {
    if (entry.type === undefined) {
      same<typeof entry, Untagged<Remark, 'type'>>();
      return 'remark';
    }
    if (entry.type === 'message' && entry.from === 'assistant') {
      same<typeof entry, Reply>();
      return 'reply';
    }
    if (entry.type === 'message') {
      same<typeof entry, Question>();
      return 'question';
    }
    return isUnknownEntry(entry) ? 'new' : 'lookup';
  };
  const reply = { type: 'message', from: 'assistant' } as Entry;
  const lookup = { type: 'lookup' } as Entry;
  const fresh = { type: 'message', from: 'tool' } as unknown as Entry;
  assert.deepEqual([describe(reply), describe(lookup), describe({} as Entry)], ['reply', 'lookup', 'remark']);
  assert.equal(isUnknownEntry(fresh), true);
});

test('a union told apart by a tag narrows, and what is new stays reachable', () => {
  const describe = (part: Part): string => {
    switch (part.type) {
      case 'text':
        return part.text;
      case 'image':
        same<typeof part.detail, 'low' | 'high' | (string & {}) | undefined>();
        return part.url;
      case 'tool':
        return part.name;
      default:
        same<typeof part, UnknownVariant<'type'>>();
        return `new: ${String(part['data'])}`;
    }
  };
  const fresh = { type: 'audio', data: 5 } as unknown as Part;
  assert.equal(describe({ type: 'text', text: 'a' }), 'a');
  assert.equal(describe(fresh), 'new: 5');
  assert.ok(isUnknownPart(fresh));
  // @ts-expect-error no such member of a text part
  const misspelt: Part = { type: 'text', text: 'a', txet: 'a' };
  // @ts-expect-error no such variant: what this version does not know, it does not send by accident
  const wrong: Part = { type: 'texts', text: 'a' };
  assert.deepEqual([misspelt.type, wrong.type], ['text', 'texts']);
  const known = { type: 'text', text: 'a' } as Part;
  assert.equal(isUnknownPart(known), false);
  if (!isUnknownPart(known)) same<typeof known, Exclude<Part, UnknownVariant<'type'>>>();
});

test('tags that are plain strings or enums in the schema narrow too', () => {
  const area = (shape: Shape): number => {
    if (shape.kind === 'circle') return shape.radius;
    if (shape.kind === 'square' || shape.kind === 'rectangle') return shape.width;
    return shape.kind === 'group' ? shape.shapes.length : 0;
  };
  assert.equal(area({ kind: 'group', shapes: [{ kind: 'circle', radius: 2 }] }), 1);
});

test('other unions narrow as values do', () => {
  const text = (content: Content): string =>
    typeof content === 'string' ? content : content.map((part) => part.type).join(' ');
  assert.equal(text([{ type: 'text', text: 'x' }]), 'text');
});

test('enums are open', () => {
  const known: Role = 'assistant';
  const newer: Role = 'robot';
  const enums: Enums = { constant: 'fixed', size: 8, role: newer, nullable: null };
  // @ts-expect-error an enum of strings takes no number
  const wrong: Role = 5;
  assert.deepEqual([known, enums.role, wrong], ['assistant', 'robot', 5]);
});

test('null and absent are two things, and undefined is absent', () => {
  const params: Parameters<typeof client.messages.update>[1] = { title: null, priority: undefined };
  assert.equal(JSON.stringify(params), '{"title":null}');
});

test('what is only read or only written is asked for where it belongs', () => {
  const params: AccountsCreateParams = { name: 'n', password: 'p' };
  // @ts-expect-error the server gives the id
  const wrong: AccountsCreateParams = { id: '1', name: 'n', password: 'p' };
  const read = (account: Account): string => {
    // @ts-expect-error read only
    account.id = '2';
    return account.name + (account.password ?? '');
  };
  assert.equal(read({ id: '1', name: params.name }), 'n');
  assert.ok(wrong);
});

test('pages know their items', () => {
  const checks = async (): Promise<void> => {
    const call = client.messages.list({ limit: 2 });
    same<typeof call extends PagePromise<infer Item, unknown> ? Item : never, Message>();
    const page = await call;
    same<typeof page extends Page<infer Item> ? Item : never, Message>();
    for await (const message of call) same<typeof message, Message>();
  };
  assert.equal(typeof checks, 'function');
});

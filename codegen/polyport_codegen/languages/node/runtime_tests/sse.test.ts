import assert from 'node:assert/strict';
import { test } from 'node:test';

import { EventStreamParser, LineParser, type ServerSentEvent } from '../../src/runtime/sse.js';

const SOURCE =
  '\uFEFF: comment\r\ndata: Grüße 日本 😀\r\n\r\nevent: note\rid: 7\rdata:  two\rdata:lines\r\rdata\n\nid: 8\n\nretry: 5\ndata: x\n\ndata: cut off';
const EXPECTED: ServerSentEvent[] = [
  { data: 'Grüße 日本 😀' },
  { event: 'note', data: ' two\nlines', id: '7' },
  { data: '', id: '7' },
  { data: 'x', id: '8', retry: 5 },
];

function parse(bytes: Uint8Array, size: number): ServerSentEvent[] {
  const parser = new EventStreamParser();
  const events: ServerSentEvent[] = [];
  for (let at = 0; at < bytes.length; at += size) events.push(...parser.push(bytes.subarray(at, at + size)));
  return events;
}

test('events are the same whatever the size of the pieces', () => {
  const bytes = new TextEncoder().encode(SOURCE);
  for (let size = 1; size <= bytes.length; size += 1) {
    assert.deepEqual(parse(bytes, size), EXPECTED, `pieces of ${size} bytes`);
  }
});

test('an event is given as soon as its blank line is there', () => {
  const parser = new EventStreamParser();
  const push = (text: string): string[] =>
    parser.push(new TextEncoder().encode(text)).map((event) => event.data);
  assert.deepEqual(push('data: a\n'), []);
  assert.deepEqual(push('\r'), ['a']);
  assert.deepEqual(push('\ndata: b\r\n\r'), ['b']);
  assert.deepEqual(push('\n'), []);
});

test('lines of JSON are split at any byte, and the last needs no newline', () => {
  const bytes = new TextEncoder().encode('{"a":"日"}\n\n{"b":1}\r\n{"c":2}');
  for (let size = 1; size <= bytes.length; size += 1) {
    const parser = new LineParser();
    const lines: string[] = [];
    for (let at = 0; at < bytes.length; at += size) lines.push(...parser.push(bytes.subarray(at, at + size)));
    lines.push(...parser.end());
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      [{ a: '日' }, { b: 1 }, { c: 2 }],
    );
  }
});

test('a long line in many pieces is put together', () => {
  const parser = new EventStreamParser();
  const piece = new TextEncoder().encode('x'.repeat(1000));
  parser.push(new TextEncoder().encode('data: '));
  for (let count = 0; count < 5000; count += 1) assert.deepEqual(parser.push(piece), []);
  const [event] = parser.push(new TextEncoder().encode('\n\n'));
  assert.equal(event?.data.length, 5_000_000);
});

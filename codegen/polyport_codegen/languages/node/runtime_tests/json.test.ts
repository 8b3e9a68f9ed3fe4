import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseJSON, parseJSONOrText, stringifyJSON } from '../../src/runtime/json.js';

test('integers beyond 2^53 come and go with all their digits', () => {
  const text = '{"a":9007199254740993,"b":[-9223372036854775808],"c":"12345678901234567890","d":1}';
  const value = parseJSON(text);
  assert.deepEqual(value, {
    a: 9007199254740993n,
    b: [-9223372036854775808n],
    c: '12345678901234567890',
    d: 1,
  });
  assert.equal(stringifyJSON(value), text);
});

test('other numbers stay numbers', () => {
  const text =
    '[0.12345678901234567,1234567890123456,12345678901234567e2,1e-12345678901234567,123456789012345678.5]';
  assert.deepEqual(parseJSON(text), JSON.parse(text));
});

test('digits in strings with escapes are no numbers', () => {
  const text = '["a\\"9007199254740993\\\\",9007199254740993]';
  assert.deepEqual(parseJSON(text), ['a"9007199254740993\\', 9007199254740993n]);
});

test('what is not JSON is refused, big integers or not', () => {
  assert.throws(() => parseJSON('{"a":'), SyntaxError);
  assert.throws(() => parseJSON('[09007199254740993]'), SyntaxError);
  assert.throws(() => parseJSON('[9007199254740993'), SyntaxError);
  assert.equal(parseJSONOrText('<html>'), '<html>');
});

test('circles are refused as JSON refuses them', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  assert.throws(() => stringifyJSON(circle), TypeError);
});

test('strings of megabytes do not keep big integers from being read', () => {
  const long = 'A'.repeat(10_000_000);
  const value = parseJSON(`{"id":9007199254740993,"image":"${long}","text":"${'\\\\n'.repeat(2_000_000)}"}`);
  assert.equal((value as { id: bigint }).id, 9007199254740993n);
  assert.equal((value as { image: string }).image.length, long.length);
});

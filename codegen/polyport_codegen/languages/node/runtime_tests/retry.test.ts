import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isRetryable, parseRetryAfter, retryDelay, sleep } from '../../src/runtime/retry.js';

const POLICY = { maxRetries: 2, initialDelay: 500, maxDelay: 8000 };

test('the wait doubles up to its limit, less up to a quarter', () => {
  const most = [1, 2, 3, 4, 5, 6, 7].map((retry) => retryDelay(POLICY, retry, undefined, () => 0));
  assert.deepEqual(most, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
  assert.equal(
    retryDelay(POLICY, 1, undefined, () => 1),
    375,
  );
});

test('the server is obeyed up to a minute', () => {
  assert.equal(retryDelay(POLICY, 1, 60_000), 60_000);
  assert.equal(retryDelay(POLICY, 1, 0), 0);
  assert.equal(
    retryDelay(POLICY, 1, 60_001, () => 0),
    500,
  );
});

test('Retry-After is read in all its forms', () => {
  const read = (headers: Record<string, string>): number | undefined =>
    parseRetryAfter(new Headers(headers), Date.parse('2026-01-01T00:00:00Z'));
  assert.equal(read({ 'retry-after': '3' }), 3000);
  assert.equal(read({ 'retry-after': '0.5' }), 500);
  assert.equal(read({ 'retry-after-ms': '20', 'retry-after': '3' }), 20);
  assert.equal(read({ 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' }), 7000);
  assert.equal(read({ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }), 0);
  assert.equal(read({ 'retry-after': 'soon' }), undefined);
  assert.equal(read({}), undefined);
});

test('only what may pass is tried again', () => {
  const statuses = [200, 400, 401, 404, 408, 409, 422, 429, 500, 503, 599];
  assert.deepEqual(statuses.filter((status) => isRetryable(status)), [408, 409, 429, 500, 503, 599]);
});

test('waiting ends with the signal', async () => {
  const controller = new AbortController();
  const waiting = sleep(60_000, controller.signal);
  controller.abort(new Error('enough'));
  await assert.rejects(waiting, /enough/);
  await assert.rejects(sleep(60_000, controller.signal), /enough/);
});

/** When to try again, and how long to wait first. */

export interface RetryPolicy {
  readonly maxRetries: number;
  /** The wait before the first retry, in milliseconds; it doubles with each. */
  readonly initialDelay: number;
  /** No wait grows past this, in milliseconds. */
  readonly maxDelay: number;
}

/** The longest wait that a server may ask for; a longer one is not obeyed. */
const LONGEST_RETRY_AFTER = 60_000;

/** Whether a later try may succeed where this was the answer: by its status, unless `X-Should-Retry` says it. */
export function isRetryable(status: number, headers?: Headers): boolean {
  const said = headers?.get('x-should-retry');
  if (said === 'true' || said === 'false') return said === 'true';
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

/**
 * How long the server asks to wait, in milliseconds: `Retry-After-Ms`, then `Retry-After` in seconds or as a date
 * (RFC 9110, section 10.2.3).
 */
export function parseRetryAfter(headers: Headers, now: number = Date.now()): number | undefined {
  const milliseconds = headers.get('retry-after-ms');
  if (milliseconds !== null && /^\s*\d+(\.\d+)?\s*$/.test(milliseconds)) return Number(milliseconds);
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value) * 1000;
  // Date.parse alone would take a number with odd signs for a date.
  const date = /^\s*[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The wait before try number `retry` (from 1), in milliseconds, with up to 25 % taken off at random. */
export function retryDelay(
  policy: RetryPolicy,
  retry: number,
  retryAfter: number | undefined,
  random: () => number = Math.random,
): number {
  if (retryAfter !== undefined && retryAfter <= LONGEST_RETRY_AFTER) return retryAfter;
  const delay = Math.min(policy.initialDelay * 2 ** (retry - 1), policy.maxDelay);
  return delay * (1 - 0.25 * random());
}

/** Waits; rejects with the signal's reason when it aborts. */
export function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

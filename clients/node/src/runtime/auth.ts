import { APIError } from './errors.js';
import type { AuthSpec } from './operation.js';

/**
 * Puts the key where the API wants it. A `basic` key is `user:password`. Throws an `APIError` for a key that no header can
 * hold: what `fetch` says of it would have the key in it.
 */
export function authenticate(
  auth: AuthSpec,
  key: string,
  headers: Headers,
  query: Record<string, unknown>,
): void {
  const name = auth.name ?? '';
  if (/[^\x20-\x7e]/.test(key) && (auth.kind === 'bearer' || auth.kind === 'header')) {
    throw new APIError('the API key has characters that no header can hold, such as a line break');
  }
  if (auth.kind === 'bearer') headers.set('authorization', `Bearer ${key}`);
  else if (auth.kind === 'basic') headers.set('authorization', `Basic ${base64(key)}`);
  else if (auth.kind === 'header') headers.set(name, key);
  else if (auth.kind === 'cookie') headers.append('cookie', `${name}=${encodeURIComponent(key)}`);
  else query[name] = key;
}

/** The headers that hold the key. */
export function secretHeaderNames(auth: AuthSpec | null | undefined): string[] {
  return auth?.kind === 'header' && auth.name !== undefined
    ? ['authorization', auth.name]
    : ['authorization'];
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

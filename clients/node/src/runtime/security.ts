/** Which credentials a call is sent with, and how they are shown. */

import { APIError, MissingCredentialError } from './errors.js';
import type { ApiKey } from './options.js';

/** How a credential is shown. */
export interface SchemeSpec {
  readonly kind: 'bearer' | 'basic' | 'header' | 'query' | 'cookie';
  /** The name of the header, query member or cookie. */
  readonly name?: string;
  /** The end of its environment variable's name; default: `API_KEY`. */
  readonly env?: string;
}

export type Schemes = Readonly<Record<string, SchemeSpec>>;

/** Alternatives, of which any will do; all schemes of one are sent together. An empty one: also without; none: no need. */
export type SecuritySpec = readonly (readonly string[])[];

/** What a client has: one key for whatever needs a single credential, and credentials by scheme. */
export interface Credentials {
  /** Empty: nothing is sent, on purpose. */
  readonly key: ApiKey | undefined;
  readonly byScheme: Readonly<Record<string, ApiKey>>;
}

/** What the caller has put in already, by options or defaults. `null` takes a header away, on purpose too. */
export interface Shown {
  readonly headers: Readonly<Record<string, string | null | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
}

/**
 * The credentials for a call, by scheme. The first alternative counts whose schemes all have a credential of their own (or
 * are shown already); else the first with one scheme, for the key; else one without any. Throws a `MissingCredentialError`
 * when none can be met.
 */
export function wantedCredentials(
  call: string,
  security: SecuritySpec,
  schemes: Schemes,
  credentials: Credentials,
  shown: Shown,
  envPrefix: string,
): Map<string, ApiKey> {
  const { key } = credentials;
  const own = new Map(Object.entries(credentials.byScheme));
  for (const [id, scheme] of Object.entries(schemes)) {
    if (key && (scheme.env ?? 'API_KEY') === 'API_KEY' && !own.has(id)) own.set(id, key);
  }
  const lacking = security.map((needs) => needs.filter((id) => !own.has(id) && !isShown(schemes[id], shown)));
  const met = security.find((needs, index) => needs.length > 0 && lacking[index]?.length === 0);
  if (met) return new Map([...own].filter(([id]) => met.includes(id)));
  const single = key ? security.find((needs) => needs.length === 1)?.[0] : undefined;
  if (key && single !== undefined) return new Map([[single, key]]);
  if (key === '' || security.length === 0 || security.some((needs) => needs.length === 0)) return new Map();
  // The general key does for the first that asks for a single credential.
  const forKey = security.findIndex((needs) => needs.length === 1);
  const ways = lacking.map((ids, index) => {
    const variables = (id: string): string => {
      const own = `${envPrefix}_${schemes[id]?.env ?? 'API_KEY'}`;
      const general = `${envPrefix}_API_KEY`;
      return index === forKey && own !== general ? `${own} or ${general}` : own;
    };
    return ids.map((id) => `'${id}' (${variables(id)})`).join(' and ');
  });
  throw new MissingCredentialError(
    `${call}: no credential: the call needs ${ways.join(', or ')}; give it to the client or set the environment variable`,
  );
}

function isShown(scheme: SchemeSpec | undefined, shown: Shown): boolean {
  if (scheme === undefined) return false;
  const name = scheme.name ?? '';
  if (scheme.kind === 'query') return shown.query[name] !== undefined;
  const header = scheme.kind === 'header' ? name : scheme.kind === 'cookie' ? 'cookie' : 'authorization';
  const value = Object.entries(shown.headers).find(
    ([given]) => given.toLowerCase() === header.toLowerCase(),
  )?.[1];
  if (scheme.kind !== 'cookie' || typeof value !== 'string') return value !== undefined;
  return value.split(';').some((pair) => pair.split('=')[0]?.trim() === name);
}

/**
 * Puts a credential where its scheme wants it. A basic one is `user:password`. Throws an `APIError` for one that no header
 * can hold: what `fetch` says of it would have the credential in it.
 */
export function showCredential(
  scheme: SchemeSpec,
  credential: string,
  headers: Headers,
  query: Record<string, unknown>,
): void {
  const name = scheme.name ?? '';
  const set = (header: string, text: string): void =>
    headers.set(header, headerBytes('of the API key', text));
  if (scheme.kind === 'bearer') set('authorization', `Bearer ${credential}`);
  else if (scheme.kind === 'basic') set('authorization', `Basic ${base64(credential)}`);
  else if (scheme.kind === 'header') set(name, credential);
  else if (scheme.kind === 'cookie') addCookies(headers, [`${name}=${cookieText(credential)}`]);
  else query[name] = credential;
}

/** A header's text as `Headers` takes it, one character a byte: UTF-8. Throws an `APIError` for what no header can hold (RFC 9110, 5.5). */
export function headerBytes(name: string, text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(text)) {
    throw new APIError(`the header ${name} has characters that no header can hold, such as a line break`);
  }
  return String.fromCharCode(...new TextEncoder().encode(text));
}

/** A credential as a cookie may hold it (RFC 6265, 4.1.1): the rest is percent-encoded. */
function cookieText(credential: string): string {
  return credential.replace(/[^\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+/g, encodeURIComponent);
}

/** Adds cookies to those that are there: a request has one `Cookie` header (RFC 6265, section 5.4). */
export function addCookies(headers: Headers, pairs: readonly string[]): void {
  const given = headers.get('cookie');
  const all = given === null ? pairs : [...pairs, given];
  if (all.length > 0) headers.set('cookie', all.join('; '));
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

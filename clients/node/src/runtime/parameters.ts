/** Parameters as text, by the style values of OpenAPI 3.1 (section 4.8.12.3) and RFC 6570. */

import { APIError } from './errors.js';
import { stringifyJSON } from './json.js';
import type { Operation, ParameterSpec } from './operation.js';

type Encode = (text: string) => string;

const encodeStrict: Encode = (text) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Keeps what reserved expansion keeps (RFC 6570, 3.2.3), percent-encoded characters too, but `#[]`, which no query may hold (RFC 3986, 3.4), and `'`, which `URL` encodes. */
const encodeKeepingReserved: Encode = (text) =>
  encodeURI(text)
    .replace(/#/g, '%23')
    .replace(/'/g, '%27')
    .replace(/%25([0-9A-F]{2})/gi, '%$1');

/** A scalar as text: dates are ISO 8601, objects JSON. */
export function scalarText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null ? stringifyJSON(value) : String(value);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function present(value: Record<string, unknown>): [string, unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
}

/** `a,1,b,2` or, exploded, `a=1,b=2`; arrays are joined. */
function joined(value: unknown, explode: boolean, separator: string, encode: Encode): string {
  const text = (item: unknown): string => encode(scalarText(item));
  if (Array.isArray(value)) return value.map(text).join(separator);
  if (!isObject(value)) return text(value);
  return present(value)
    .map(([key, member]) => `${encode(key)}${explode ? '=' : separator}${text(member)}`)
    .join(separator);
}

/** The path with its parameters filled in. Throws an `APIError` where a value would lead to another path. */
export function expandPath(operation: Operation, values: Readonly<Record<string, unknown>>): string {
  const specs = new Map(operation.parameters?.map((spec) => [`${spec.in} ${spec.name}`, spec]));
  return operation.path
    .split('/')
    .map((segment) => {
      const expanded = segment.replace(/\{([^}]+)\}/g, (_, name: string) => {
        const spec = specs.get(`path ${name}`) ?? { name, in: 'path' };
        const encoded = pathText(spec, values[name]);
        const text = spec.allowReserved ? encoded.replace(/%2F/g, '/') : encoded;
        if (text === '')
          throw new APIError(`${operation.id}: the path parameter "${name}" is missing or empty`);
        return text;
      });
      if (expanded !== segment && expanded.split('/').some((step) => /^\.\.?$/.test(step))) {
        throw new APIError(`${operation.id}: "${expanded}" cannot be a path segment`);
      }
      return expanded;
    })
    .join('/');
}

function pathText(spec: ParameterSpec, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (spec.json) return encodeStrict(stringifyJSON(value));
  if (isEmpty(value)) return '';
  const explode = spec.explode ?? false;
  if (spec.style === 'matrix') return matrixText(encodeStrict(spec.name), value, explode);
  if (spec.style !== 'label') return joined(value, explode, ',', encodeStrict);
  const text = joined(value, explode, explode ? '.' : ',', encodeStrict);
  return text && `.${text}`;
}

/** Without a value there is no `=` either (RFC 6570, 3.2.7). */
function matrixText(name: string, value: unknown, explode: boolean): string {
  const pair = (key: string, text: string): string => (text ? `;${key}=${text}` : `;${key}`);
  const text = (item: unknown): string => encodeStrict(scalarText(item));
  if (explode && Array.isArray(value)) return value.map((item) => pair(name, text(item))).join('');
  if (explode && isObject(value)) {
    return present(value)
      .map(([key, member]) => pair(encodeStrict(key), text(member)))
      .join('');
  }
  return pair(name, joined(value, false, ',', encodeStrict));
}

/** Whether there is nothing that a style could write. */
function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && present(value).length === 0;
}

/** One query parameter as `name=value` pairs, already encoded; none for an absent value. */
export function queryPairs(spec: Omit<ParameterSpec, 'in'>, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const encode = spec.allowReserved ? encodeKeepingReserved : encodeStrict;
  const pair = (name: string, item: unknown): string => `${encodeStrict(name)}=${encode(scalarText(item))}`;
  if (spec.json) return [`${encodeStrict(spec.name)}=${encodeStrict(stringifyJSON(value))}`];
  if (isEmpty(value)) return [];
  if (spec.style === 'deepObject') return deepPairs(spec.name, value, pair);
  const explode = spec.explode ?? (spec.style ?? 'form') === 'form';
  if (explode && Array.isArray(value)) return value.map((item) => pair(spec.name, item));
  if (explode && isObject(value)) return present(value).map(([key, member]) => pair(key, member));
  const separator = spec.style === 'spaceDelimited' ? '%20' : spec.style === 'pipeDelimited' ? '%7C' : ',';
  return [`${encodeStrict(spec.name)}=${joined(value, false, separator, encode)}`];
}

/** Brackets for every step: no document says so, but servers that read brackets read these (qs, Rack, PHP). */
function deepPairs(name: string, value: unknown, pair: (name: string, item: unknown) => string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => {
      const step = Array.isArray(item) || isObject(item) ? String(index) : '';
      return deepPairs(`${name}[${step}]`, item, pair);
    });
  }
  if (!isObject(value)) return value === null ? [] : [pair(name, value)];
  return present(value).flatMap(([key, member]) => deepPairs(`${name}[${key}]`, member, pair));
}

/** A header parameter's value (style `simple`); `undefined` where there is nothing to write. */
export function headerText(spec: ParameterSpec, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (spec.json) {
    // A header holds ASCII.
    return stringifyJSON(value).replace(
      /[\u007f-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  }
  if (isEmpty(value)) return undefined;
  return joined(value, spec.explode ?? false, ',', (text) => text);
}

/** One cookie parameter as `name=value` pairs (style `form`). */
export function cookiePairs(spec: ParameterSpec, value: unknown): string[] {
  return queryPairs({ ...spec, style: 'form' }, value);
}

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

const encodeKeepingReserved: Encode = (text) =>
  encodeURI(text).replace(/%5B/g, '[').replace(/%5D/g, ']').replace(/#/g, '%23');

/** A scalar as text: dates are ISO 8601, objects JSON. */
export function scalarText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null ? stringifyJSON(value) : String(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
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
        const text = pathText(specs.get(`path ${name}`) ?? { name, in: 'path' }, values[name]);
        if (text === '')
          throw new APIError(`${operation.id}: the path parameter "${name}" is missing or empty`);
        return text;
      });
      if (expanded !== segment && /^\.\.?$/.test(expanded)) {
        throw new APIError(`${operation.id}: "${expanded}" cannot be a path segment`);
      }
      return expanded;
    })
    .join('/');
}

function pathText(spec: ParameterSpec, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (spec.json) return encodeStrict(stringifyJSON(value));
  const explode = spec.explode ?? false;
  if (spec.style === 'label') {
    return `.${joined(value, explode, explode ? '.' : ',', encodeStrict)}`;
  }
  if (spec.style === 'matrix') {
    const name = encodeStrict(spec.name);
    if (explode && Array.isArray(value)) {
      return value.map((item) => `;${name}=${encodeStrict(scalarText(item))}`).join('');
    }
    if (explode && isObject(value)) return `;${joined(value, true, ';', encodeStrict)}`;
    return `;${name}=${joined(value, false, ',', encodeStrict)}`;
  }
  return joined(value, explode, ',', encodeStrict);
}

/** One query parameter as `name=value` pairs, already encoded; none for an absent value. */
export function queryPairs(spec: Omit<ParameterSpec, 'in'>, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const encode = spec.allowReserved ? encodeKeepingReserved : encodeStrict;
  const pair = (name: string, item: unknown): string => `${encodeStrict(name)}=${encode(scalarText(item))}`;
  if (spec.json) return [`${encodeStrict(spec.name)}=${encode(stringifyJSON(value))}`];
  if (spec.style === 'deepObject' && isObject(value)) return deepPairs(spec.name, value, pair);
  const explode = spec.explode ?? (spec.style ?? 'form') === 'form';
  if (Array.isArray(value)) {
    if (value.length === 0) return [];
    if (explode) return value.map((item) => pair(spec.name, item));
    const separator = spec.style === 'spaceDelimited' ? '%20' : spec.style === 'pipeDelimited' ? '%7C' : ',';
    return [`${encodeStrict(spec.name)}=${joined(value, false, separator, encode)}`];
  }
  if (isObject(value)) {
    if (explode) return present(value).map(([key, member]) => pair(key, member));
    return [`${encodeStrict(spec.name)}=${joined(value, false, ',', encode)}`];
  }
  return [pair(spec.name, value)];
}

function deepPairs(
  prefix: string,
  value: Record<string, unknown>,
  pair: (name: string, item: unknown) => string,
): string[] {
  return present(value).flatMap(([key, member]) => {
    const name = `${prefix}[${key}]`;
    if (isObject(member)) return deepPairs(name, member, pair);
    return Array.isArray(member) ? member.map((item) => pair(name, item)) : [pair(name, member)];
  });
}

/** A header parameter's value (style `simple`). */
export function headerText(spec: ParameterSpec, value: unknown): string {
  return spec.json ? stringifyJSON(value) : joined(value, spec.explode ?? false, ',', (text) => text);
}

/** One cookie parameter as `name=value` pairs (style `form`). */
export function cookiePairs(spec: ParameterSpec, value: unknown): string[] {
  return queryPairs({ ...spec, style: 'form', explode: spec.explode ?? false }, value);
}

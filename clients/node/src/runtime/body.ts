/** Request bodies as what `fetch` sends. */

import { stringifyJSON } from './json.js';
import { record, type BodySpec, type ParameterSpec, type PartSpec } from './operation.js';
import { isObject, queryPairs, scalarText } from './parameters.js';
import { randomUUID } from './platform.js';
import { isByteStream, isUploadable, nameOf, toFile, toWebStream, typeOfName } from './uploads.js';

/** A body ready for `fetch`. `contentType` is empty where `fetch` knows it better (a caller's own `FormData`). */
export interface EncodedBody {
  readonly body: BodyInit;
  readonly contentType: string;
}

/**
 * The body with all streams inside a form read, so that it can be sent more than once. `replayable` is false for a
 * bare stream, which is passed through as it is.
 */
export async function prepareBody(
  spec: BodySpec | undefined,
  value: unknown,
): Promise<{ value: unknown; replayable: boolean }> {
  if (spec?.kind !== 'multipart' || value === undefined) return { value, replayable: !isByteStream(value) };
  const prepared = record();
  for (const [name, member] of Object.entries(value as object)) {
    prepared[name] = Array.isArray(member)
      ? await Promise.all(member.map((item) => asFile(item, name)))
      : await asFile(member, name);
  }
  return { value: prepared, replayable: true };
}

async function asFile(value: unknown, name: string): Promise<unknown> {
  if (!isUploadable(value) || value instanceof File) return value;
  return toFile(value, nameOf(value) ?? name);
}

/** Encodes a prepared body. */
export function encodeBody(spec: BodySpec, value: unknown): EncodedBody {
  switch (spec.kind) {
    case 'json':
      return { body: stringifyJSON(value), contentType: spec.contentType };
    case 'jsonl': {
      const lines = (value as readonly unknown[]).map((item) => `${stringifyJSON(item)}\n`);
      return { body: lines.join(''), contentType: spec.contentType };
    }
    case 'multipart':
      return multipart(spec, value as object);
    case 'form': {
      const pairs = Object.entries(value as object).flatMap(([name, member]) =>
        queryPairs(formSpec(name, spec.parts?.[name], member), member),
      );
      return { body: pairs.join('&').replace(/%20/g, '+'), contentType: spec.contentType };
    }
    case 'text':
      return { body: String(value), contentType: spec.contentType };
    case 'binary':
      return {
        body: isByteStream(value) ? toWebStream(value) : (value as BodyInit),
        contentType: (value instanceof Blob && value.type) || spec.contentType,
      };
  }
}

/** How a member of a form is written: in the style that the document says, else objects as JSON and the rest as text. */
function formSpec(name: string, part: PartSpec | undefined, value: unknown): Omit<ParameterSpec, 'in'> {
  if (part !== undefined && part.contentType === undefined) return { name, ...part };
  return { name, json: isJSONType(part?.contentType) || isObject(value) };
}

function isJSONType(contentType: string | undefined): boolean {
  return contentType !== undefined && /[/+]json$/.test(contentType);
}

/**
 * A form as RFC 7578 wants it. Not `FormData`: that gives every part with a content type a file name too, and servers
 * then take JSON for a file.
 */
function multipart(spec: BodySpec, value: object): EncodedBody {
  const boundary = `form-${randomUUID()}`;
  const parts: BlobPart[] = [];
  for (const [name, member] of Object.entries(value)) {
    for (const [key, text] of styledPairs(name, spec.parts?.[name], member)) {
      parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${quoted(key)}"\r\n\r\n${text}\r\n`);
    }
    if (isStyled(spec.parts?.[name], member)) continue;
    for (const item of Array.isArray(member) ? (member as unknown[]) : [member]) {
      if (item === undefined || item === null) continue;
      const part = formPart(item, spec.parts?.[name]?.contentType);
      const file = part.fileName === undefined ? '' : `; filename="${quoted(part.fileName)}"`;
      const type = part.type ? `\r\nContent-Type: ${part.type}` : '';
      parts.push(
        `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${file}${type}\r\n\r\n`,
        part.content,
        '\r\n',
      );
    }
  }
  parts.push(`--${boundary}--\r\n`);
  return { body: new Blob(parts), contentType: `multipart/form-data; boundary=${boundary}` };
}

/** Whether the document says a style for a member; files have none. */
function isStyled(part: PartSpec | undefined, value: unknown): boolean {
  const items = Array.isArray(value) ? (value as unknown[]) : [value];
  return part !== undefined && part.contentType === undefined && !items.some((item) => item instanceof File);
}

/** The name and text of a part for each pair that the style gives; nothing in a form is percent-encoded. */
function styledPairs(name: string, part: PartSpec | undefined, value: unknown): [string, string][] {
  if (!isStyled(part, value)) return [];
  return queryPairs({ name, ...part }, value).map((pair) => {
    const end = pair.indexOf('=');
    return [decodeURIComponent(pair.slice(0, end)), decodeURIComponent(pair.slice(end + 1))];
  });
}

function formPart(
  value: unknown,
  declared: string | undefined,
): { content: BlobPart; type: string; fileName?: string } {
  if (value instanceof File) {
    const single = declared === undefined || /[,*]/.test(declared) ? '' : declared;
    const type = value.type || single || typeOfName(value.name);
    return { content: value, type, fileName: value.name };
  }
  const structured = typeof value === 'object' && !(value instanceof Date);
  const type = declared ?? (structured ? 'application/json' : '');
  return { content: type.includes('json') ? stringifyJSON(value) : scalarText(value), type };
}

/** Escaped as browsers do in `Content-Disposition` (WHATWG HTML, multipart/form-data encoding algorithm). */
function quoted(name: string): string {
  return name.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22');
}

/** A body of an undocumented call, by its JavaScript type. */
export function inferBodySpec(value: unknown): BodySpec {
  const member = 'body';
  if (value instanceof FormData || value instanceof URLSearchParams || value instanceof Blob) {
    return { kind: 'binary', contentType: '', member };
  }
  if (typeof value === 'string') return { kind: 'text', contentType: 'text/plain;charset=UTF-8', member };
  if (isUploadable(value)) return { kind: 'binary', contentType: 'application/octet-stream', member };
  return { kind: 'json', contentType: 'application/json', member };
}

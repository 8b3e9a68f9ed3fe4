/** Files on their way up. */

/** What a file member accepts. Streams are read into memory, because a try may have to be repeated. */
export type Uploadable = Blob | ArrayBuffer | ArrayBufferView | Response | ByteStream;

/** A stream of bytes: a web stream, a Node stream, an async generator. */
export type ByteStream = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** The media types of files by the end of their names. */
const TYPES = new Map([
  ['csv', 'text/csv'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['flac', 'audio/flac'],
  ['gif', 'image/gif'],
  ['gz', 'application/gzip'],
  ['heic', 'image/heic'],
  ['html', 'text/html'],
  ['jpeg', 'image/jpeg'],
  ['jpg', 'image/jpeg'],
  ['json', 'application/json'],
  ['jsonl', 'application/jsonl'],
  ['m4a', 'audio/mp4'],
  ['md', 'text/markdown'],
  ['mov', 'video/quicktime'],
  ['mp3', 'audio/mpeg'],
  ['mp4', 'video/mp4'],
  ['mpeg', 'video/mpeg'],
  ['mpga', 'audio/mpeg'],
  ['oga', 'audio/ogg'],
  ['ogg', 'audio/ogg'],
  ['pdf', 'application/pdf'],
  ['png', 'image/png'],
  ['pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
  ['svg', 'image/svg+xml'],
  ['tar', 'application/x-tar'],
  ['txt', 'text/plain'],
  ['wav', 'audio/wav'],
  ['webm', 'video/webm'],
  ['webp', 'image/webp'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['xml', 'application/xml'],
  ['yaml', 'application/yaml'],
  ['zip', 'application/zip'],
]);

/** The media type that a file's name tells. */
export function typeOfName(name: string): string {
  const end = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : name;
  return TYPES.get(end.toLowerCase()) ?? 'application/octet-stream';
}

/** Whether the value is a stream, which can be read only once. */
export function isByteStream(value: unknown): value is ByteStream {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Blob) &&
    (value instanceof ReadableStream || Symbol.asyncIterator in value)
  );
}

/** Whether the value is a file of some form, as opposed to JSON. */
export function isUploadable(value: unknown): value is Uploadable {
  return (
    value instanceof Blob ||
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value) ||
    value instanceof Response ||
    isByteStream(value)
  );
}

/**
 * Makes a `File` with a name and a type of your choice out of bytes, text, a Blob, a Response or a stream.
 *
 * @example
 * await client.files.create({ file: await toFile(bytes, 'notes.txt', { type: 'text/plain' }) });
 */
export async function toFile(
  content: Uploadable | string,
  name?: string,
  options: { type?: string } = {},
): Promise<File> {
  const source = content instanceof Response ? await content.blob() : content;
  const parts = isByteStream(source) ? await collect(source) : [source as BlobPart];
  const type = options.type ?? (source instanceof Blob ? source.type : '');
  return new File(parts, name ?? nameOf(content) ?? 'file', type ? { type } : {});
}

/**
 * A file on disk, read as it is sent (Node 20, Bun, Deno). Browsers have no paths and throw.
 *
 * @example
 * await client.files.create({ file: await fileFromPath('notes.txt') });
 */
export async function fileFromPath(path: string, options: { type?: string } = {}): Promise<File> {
  const specifier = 'node:fs';
  const fs = (await import(/* webpackIgnore: true */ /* @vite-ignore */ specifier)) as {
    openAsBlob(path: string, options: { type?: string }): Promise<Blob>;
  };
  return toFile(await fs.openAsBlob(path, options), path.split(/[\\/]/).pop() ?? path, options);
}

async function collect(stream: ByteStream): Promise<BlobPart[]> {
  const parts: BlobPart[] = [];
  if (stream instanceof ReadableStream) {
    const reader = stream.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      parts.push(next.value as BlobPart);
    }
  } else {
    for await (const part of stream) parts.push(part as BlobPart);
  }
  return parts;
}

/** Any byte stream as the kind that every `fetch` takes. */
export function toWebStream(stream: ByteStream): ReadableStream<Uint8Array> {
  if (stream instanceof ReadableStream) return stream;
  const iterator = stream[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/** The last step of the name, URL or path that the content tells. */
export function nameOf(content: Uploadable | string): string | undefined {
  if (content instanceof File) return content.name;
  if (content instanceof Response) {
    const path = content.url ? new URL(content.url).pathname : '';
    return decodeURIComponent(path.split('/').pop() ?? '') || undefined;
  }
  // Streams of `node:fs` have a path, files of Bun have it as their name.
  const { path, name } = content as { readonly path?: unknown; readonly name?: unknown };
  const told = path ?? name;
  return typeof told === 'string' ? told.split(/[\\/]/).pop() || undefined : undefined;
}

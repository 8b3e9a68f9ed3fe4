/** Arguments of vectors as this package takes them. */

interface VectorFile {
  filename?: string;
  content_type?: string;
  text?: string;
  base64?: string;
}

function bytes(said: VectorFile): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    Buffer.from(said.base64 ?? said.text ?? '', said.base64 === undefined ? 'utf8' : 'base64'),
  );
}

/** A file, or a list of them, out of a vector's description. */
export function file(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(file);
  if (typeof value !== 'object' || value === null) return value;
  const { filename, content_type } = value as VectorFile;
  const options = content_type === undefined ? {} : { type: content_type };
  const content = bytes(value);
  return filename === undefined ? new Blob([content], options) : new File([content], filename, options);
}

/** The members of an object, with some of them made files. */
export function members(value: unknown, files: readonly string[] = []): Record<string, unknown> {
  const made = { ...(value as Record<string, unknown> | undefined) };
  for (const name of files) if (name in made) made[name] = file(made[name]);
  return made;
}

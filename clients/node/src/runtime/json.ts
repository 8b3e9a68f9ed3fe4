/**
 * JSON without loss: an integer that a double cannot hold is read as a `bigint`, and a `bigint` is written as its digits.
 * Everything else is as `JSON` has it.
 */

const MAYBE_BIG = /\d{16}/;
/** A string, to be skipped, or an integer of 16 digits and more that no fraction or exponent is part of. */
const STRING_OR_BIG = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?[1-9]\d{15,}(?![\d.eE])/g;

/** Reads JSON text. Throws a `SyntaxError`. */
export function parseJSON(text: string): unknown {
  if (!MAYBE_BIG.test(text)) return JSON.parse(text) as unknown;
  const mark = `bigint-${Math.random()}-`;
  let found = false;
  const marked = text.replace(STRING_OR_BIG, (token) => {
    if (token.startsWith('"') || Number.isSafeInteger(Number(token))) return token;
    found = true;
    return `"${mark}${token}"`;
  });
  if (!found) return JSON.parse(text) as unknown;
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  ) as unknown;
}

/** JSON text, or the text itself when it is not JSON. */
export function parseJSONOrText(text: string): unknown {
  try {
    return parseJSON(text);
  } catch {
    return text;
  }
}

/** Writes JSON text. */
export function stringifyJSON(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  // It holds a bigint (or a circle, which throws again).
  const mark = `bigint-${Math.random()}-`;
  const marked = JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'bigint' ? `${mark}${member}` : member,
  );
  return marked.replace(new RegExp(`"${mark.replaceAll('.', '\\.')}(-?\\d+)"`, 'g'), '$1');
}

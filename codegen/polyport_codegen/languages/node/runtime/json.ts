/**
 * JSON without loss: an integer that a double cannot hold is read as a `bigint`, and a `bigint` is written as its digits.
 * Everything else is as `JSON` has it.
 */

const MAYBE_BIG = /\d{16}/;
/** An integer of 16 digits and more that no fraction or exponent is part of. */
const BIG = /(?<![\d.eE+-])-?[1-9]\d{15,}(?![\d.eE])/g;

/** Reads JSON text. Throws a `SyntaxError`. */
export function parseJSON(text: string): unknown {
  if (!MAYBE_BIG.test(text)) return JSON.parse(text) as unknown;
  const mark = `bigint-${Math.random()}-`;
  let found = false;
  const marked = outsideStrings(text, (between) =>
    between.replace(BIG, (digits) => {
      if (Number.isSafeInteger(Number(digits))) return digits;
      found = true;
      return `"${mark}${digits}"`;
    }),
  );
  if (!found) return JSON.parse(text) as unknown;
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  ) as unknown;
}

/** JSON text with what stands between its strings replaced. Not one regular expression: its stack ends with strings of megabytes. */
function outsideStrings(text: string, replace: (between: string) => string): string {
  const pieces: string[] = [];
  let at = 0;
  for (let open = text.indexOf('"'); open >= 0; open = text.indexOf('"', at)) {
    let close = text.indexOf('"', open + 1);
    while (close > 0 && isEscaped(text, close)) close = text.indexOf('"', close + 1);
    pieces.push(replace(text.slice(at, open)));
    at = close < 0 ? text.length : close + 1;
    pieces.push(text.slice(open, at));
  }
  return [...pieces, replace(text.slice(at))].join('');
}

/** Whether an odd number of backslashes stands before the character. */
function isEscaped(text: string, index: number): boolean {
  let start = index;
  while (text[start - 1] === '\\') start -= 1;
  return (index - start) % 2 === 1;
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

import type { Accumulator } from './stream.js';

type Json = Record<string, unknown>;

/**
 * Folds the chunks of a stream of deltas into one chunk that holds everything: inside a member `delta`, texts grow and
 * list items with the same `index` are merged; elsewhere the latest value stands, and lists are merged by `index` too. So
 * the result has the whole text and whole tool calls where the chunks had pieces.
 *
 * @example
 * const whole = await stream.accumulate(deltas());
 */
export function deltas<Chunk extends object>(): Accumulator<Chunk, Chunk | undefined> {
  let whole: Json | undefined;
  return {
    add(chunk) {
      whole = merge(whole, chunk as Json, false);
    },
    result: () => whole as Chunk | undefined,
  };
}

/** Members that name a thing: they are repeated, not continued. */
const NAMES = new Set(['id', 'index', 'type', 'role', 'object']);

function merge(into: Json | undefined, from: Json, inDelta: boolean): Json {
  const merged: Json = { ...into };
  for (const [name, value] of Object.entries(from)) {
    merged[name] = mergeValue(merged[name], value, inDelta || name === 'delta', NAMES.has(name));
  }
  return merged;
}

function mergeValue(before: unknown, value: unknown, inDelta: boolean, isName: boolean): unknown {
  if (value === null || value === undefined) return before === undefined ? value : before;
  if (typeof value === 'string' && typeof before === 'string' && inDelta && !isName) return before + value;
  if (Array.isArray(value))
    return mergeList(Array.isArray(before) ? before : [], value as unknown[], inDelta);
  if (typeof value === 'object') return merge(isObject(before) ? before : undefined, value as Json, inDelta);
  return value;
}

function mergeList(before: readonly unknown[], items: readonly unknown[], inDelta: boolean): unknown[] {
  const merged = [...before];
  for (const item of items) {
    const index = isObject(item) ? item['index'] : undefined;
    const at =
      index === undefined ? -1 : merged.findIndex((other) => isObject(other) && other['index'] === index);
    if (at >= 0) merged[at] = merge(merged[at] as Json, item as Json, inDelta);
    else merged.push(isObject(item) ? merge(undefined, item, inDelta) : item);
  }
  return merged;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

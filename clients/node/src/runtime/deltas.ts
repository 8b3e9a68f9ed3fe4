/** How the events of a stream add up to one answer. Plain data: generated code says which member is what. */

/** A way from the root by wire names; `[]` leads to the items of a list. */
export type MemberPath = readonly string[];

export interface DeltaSpec {
  /** Texts that come in pieces. */
  readonly joined: readonly MemberPath[];
  /** What holds them: a text there that is newer than this package comes in pieces too, unless it is named here. */
  readonly pieces?: readonly MemberPath[];
  readonly kept?: readonly MemberPath[];
  readonly names?: readonly string[];
  readonly endings?: readonly string[];
  /** Lists whose items belong together by a member. */
  readonly merged?: readonly (readonly [path: MemberPath, key: string])[];
  /** What makes an answer of the plain form of the sum, in this order. */
  readonly renamed?: readonly (readonly [path: MemberPath, name: string])[];
  readonly dropped?: readonly MemberPath[];
  readonly constants?: readonly (readonly [path: MemberPath, value: string | number | bigint | boolean])[];
}

type Json = Record<string, unknown>;

/** Adds events up: texts in pieces are joined, items of lists merged, and of everything else the latest value stands. */
export class DeltaSum {
  readonly #spec: DeltaSpec;
  readonly #joined: ReadonlySet<string>;
  readonly #pieces: ReadonlySet<string>;
  readonly #kept: ReadonlySet<string>;
  readonly #merged: ReadonlyMap<string, string>;
  #sum: Json | undefined;

  constructor(spec: DeltaSpec) {
    this.#spec = spec;
    this.#joined = new Set(spec.joined.map(keyOf));
    this.#pieces = new Set((spec.pieces ?? []).map(keyOf));
    this.#kept = new Set((spec.kept ?? []).map(keyOf));
    this.#merged = new Map((spec.merged ?? []).map(([path, key]) => [keyOf(path), key]));
  }

  add(event: object): void {
    this.#sum = this.#object(this.#sum, event as Json, []);
  }

  /** The answer so far; `undefined` before the first event. */
  result(): unknown {
    if (this.#sum === undefined) return undefined;
    const whole = structuredClone(this.#sum);
    for (const [path, name] of this.#spec.renamed ?? []) {
      at(whole, path, (holder, member) => {
        if (!(member in holder)) return;
        holder[name] = holder[member];
        delete holder[member];
      });
    }
    for (const path of this.#spec.dropped ?? []) at(whole, path, (holder, member) => delete holder[member]);
    for (const [path, value] of this.#spec.constants ?? []) {
      at(whole, path, (holder, member) => (holder[member] = value));
    }
    return whole;
  }

  #object(before: Json | undefined, event: Json, path: MemberPath): Json {
    const sum: Json = { ...before };
    for (const [name, value] of Object.entries(event)) {
      sum[name] = this.#value(sum[name], value, [...path, name]);
    }
    return sum;
  }

  #value(before: unknown, value: unknown, path: MemberPath): unknown {
    if (value === null || value === undefined) return before === undefined ? value : before;
    if (typeof value === 'string' && typeof before === 'string' && this.#isJoined(path))
      return before + value;
    if (Array.isArray(value)) return this.#list(Array.isArray(before) ? before : [], value, path);
    return isObject(value) ? this.#object(isObject(before) ? before : undefined, value, path) : value;
  }

  #isJoined(path: MemberPath): boolean {
    const key = keyOf(path);
    if (this.#joined.has(key) || this.#kept.has(key)) return this.#joined.has(key);
    const name = path[path.length - 1] ?? '';
    const { names = [], endings = [] } = this.#spec;
    if (names.includes(name) || endings.some((ending) => name.endsWith(ending))) return false;
    return this.#isPiece(path);
  }

  /** Whether it stands below what holds texts in pieces. */
  #isPiece(path: MemberPath): boolean {
    return path.some((_, length) => this.#pieces.has(keyOf(path.slice(0, length))));
  }

  #list(before: readonly unknown[], items: readonly unknown[], path: MemberPath): unknown[] {
    const sum = [...before];
    // A list that this version does not know belongs together by index too.
    const key = this.#merged.get(keyOf(path)) ?? (this.#isPiece(path) ? 'index' : undefined);
    const inner = [...path, '[]'];
    for (const item of items) {
      const id = key !== undefined && isObject(item) ? item[key] : undefined;
      const place =
        id === undefined ? -1 : sum.findIndex((other) => isObject(other) && other[key as string] === id);
      if (place >= 0) sum[place] = this.#value(sum[place], item, inner);
      else sum.push(this.#value(undefined, item, inner));
    }
    return sum;
  }
}

function keyOf(path: MemberPath): string {
  return JSON.stringify(path);
}

/** Calls `change` with every object on the way and the last name. */
function at(value: unknown, path: MemberPath, change: (holder: Json, member: string) => void): void {
  const [first, ...rest] = path;
  if (first === undefined) return;
  if (first === '[]') {
    if (Array.isArray(value)) for (const item of value) at(item, rest, change);
  } else if (isObject(value)) {
    if (rest.length === 0) change(value, first);
    else at(value[first], rest, change);
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

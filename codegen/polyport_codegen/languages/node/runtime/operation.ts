/** How generated code describes an operation to the runtime. Plain data: the runtime knows no API. */

import type { DeltaSpec } from './deltas.js';
import type { SecuritySpec } from './security.js';

/** Where and how a parameter travels; the styles are those of the OpenAPI parameter object. */
export interface ParameterSpec {
  /** The name on the wire. */
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  /** The member of the caller's params that holds it, when that is not `name`. */
  readonly member?: string;
  /** Default: `simple` in paths and headers, `form` in queries and cookies. */
  readonly style?: 'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject';
  /** Default: true for `form`, false for the others. */
  readonly explode?: boolean;
  /** The value travels as JSON text (`content: application/json`). */
  readonly json?: boolean;
  /** Reserved characters stay as they are; in a path, slashes. */
  readonly allowReserved?: boolean;
  /** The only value there is: it is sent without being asked for. */
  readonly constant?: string | number | bigint | boolean;
  /** What is sent when the caller leaves it out. */
  readonly default?: string | boolean;
}

/** How one member of a multipart or form body is written, when that is not the default for its value. */
export interface PartSpec {
  readonly contentType?: string;
  readonly style?: 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject';
  readonly explode?: boolean;
}

export interface BodySpec {
  /** `jsonl`: the value is a list, written as one JSON text a line. */
  readonly kind: 'json' | 'jsonl' | 'form' | 'multipart' | 'text' | 'binary';
  readonly contentType: string;
  /** The member of the params that is the body; without it every member that is no parameter belongs to the body. */
  readonly member?: string;
  /** How the body is written instead, when the params have the member of one of these. */
  readonly others?: readonly BodySpec[];
  /** Members with only one value there is: they are sent without being asked for. */
  readonly constants?: Readonly<Record<string, string | number | bigint | boolean>>;
  /** What is sent of members that the caller leaves out, also when no other is given. */
  readonly defaults?: Readonly<Record<string, string | boolean>>;
  /** Without a single member it is still sent, as an empty object. */
  readonly required?: boolean;
  readonly parts?: Readonly<Record<string, PartSpec>>;
}

export type AnswerKind = 'json' | 'text' | 'binary';

export interface ResponseSpec {
  /** `mixed`: any of `answers`; `auto`: the same without knowing them. The answer's content type decides. */
  readonly kind: 'json' | 'text' | 'binary' | 'mixed' | 'sse' | 'jsonl' | 'none' | 'auto';
  readonly answers?: readonly AnswerKind[];
  /** The `Accept` header; the default follows from the kind. */
  readonly accept?: string;
  /** The answer may also come without a body: then the call gives `undefined`. */
  readonly optional?: boolean;
  /** The data that ends an event stream, such as `[DONE]`. */
  readonly terminator?: string;
  /** What an event gives, when that is not its data as JSON: its data as it is, or an object of all that it has. */
  readonly event?: 'text' | 'whole';
  /** The names of whole events whose data is text; '' for events without a name. */
  readonly texts?: readonly string[];
  /** How the events add up to one answer. */
  readonly deltas?: DeltaSpec;
}

/** How the pages of a list are walked. Paths are member names from the answer's root. */
export interface PaginationSpec {
  readonly style: 'cursor' | 'page' | 'offset' | 'link' | 'single';
  readonly items: readonly string[];
  /** The member of the params that asks for the next page. */
  readonly member?: string;
  /** Where the answer names the next cursor. */
  readonly nextCursor?: readonly string[];
  /** Of the style `link`: where the answer links to the next page; without it, in its `Link` header. */
  readonly nextLink?: readonly string[];
  /** The member of the last item that is the next cursor, where the answer names none. */
  readonly cursorField?: string;
  /** Where the answer says whether there are more: false, null and an empty text mean that there are none. */
  readonly hasMore?: readonly string[];
  /** The number of the first page; 1 when absent. */
  readonly first?: number;
  readonly totalPages?: readonly string[];
  /** The member of the params that is the page size. */
  readonly limitMember?: string;
}

/** One operation of an API. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** The path template, such as `/models/{model}`, relative to the base URL. */
  readonly path: string;
  readonly parameters?: readonly ParameterSpec[];
  readonly body?: BodySpec;
  readonly response: ResponseSpec;
  readonly pagination?: PaginationSpec;
  /** The server of this operation alone, when it is not the API's; a relative one stands below the base URL. */
  readonly server?: string;
  /** The credentials that are needed, when they are not what most operations of the API need. */
  readonly security?: SecuritySpec;
}

/** The arguments of one call, sorted by the place where they travel, in objects that inherit nothing; the names are wire names. */
export interface CallArguments {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>>;
  readonly cookie: Readonly<Record<string, unknown>>;
  /** `undefined` when there is none. */
  readonly body: unknown;
}

/** Sorts the members of `params` by the operation's description. */
export function splitArguments(operation: Operation, params: object = {}): CallArguments {
  const rest = record(params);
  const split = { path: record(), query: record(), header: record(), cookie: record() };
  for (const parameter of operation.parameters ?? []) {
    const member = parameter.member ?? parameter.name;
    const value = parameter.constant ?? rest[member] ?? parameter.default;
    if (value !== undefined) split[parameter.in][parameter.name] = value;
    if (parameter.constant === undefined) delete rest[member];
  }
  return { ...split, body: bodyOf(operation.body, rest) };
}

/** The operation with its body written as the params want it: as most are, or in another form that they name. */
export function inBodyForm(operation: Operation, params: object = {}): Operation {
  const given = params as Readonly<Record<string, unknown>>;
  const body = operation.body?.others?.find(
    ({ member }) => member !== undefined && given[member] !== undefined,
  );
  return body === undefined ? operation : { ...operation, body };
}

/** A copy that inherits nothing: wire names like `toString` and `__proto__` are ordinary names in it. */
export function record(members: object = {}): Record<string, unknown> {
  return Object.assign(Object.create(null) as Record<string, unknown>, members);
}

function bodyOf(spec: BodySpec | undefined, rest: Record<string, unknown>): unknown {
  if (spec === undefined) return undefined;
  if (spec.member !== undefined) return rest[spec.member];
  const isSent = spec.required || spec.defaults !== undefined || Object.keys(rest).length > 0;
  if (!isSent) return undefined;
  const members = { ...spec.constants, ...rest };
  for (const [name, value] of Object.entries(spec.defaults ?? {})) members[name] ??= value;
  return members;
}

/** Just enough of the API's types to follow a path through a value and to name the variant of a union there. */

export type TypeNode = string | { list: TypeNode } | { map: TypeNode } | null;

export interface VariantNode {
  type: TypeNode;
  json: string[];
  tags: Record<string, unknown[]>;
  items: string[];
  required: string[];
  foreign: string[];
}

export interface DeclNode {
  fields?: Record<string, TypeNode>;
  additional?: TypeNode;
  alias?: TypeNode;
  variants?: VariantNode[];
  /** The members that tell the variants apart. */
  tags?: string[];
  /** The guard that the package exports for the union. */
  isUnknown?: (value: never) => boolean;
}

export type Schema = Record<string, DeclNode>;

function jsonType(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'bigint' ? 'number' : typeof value;
}

function chosen(decl: DeclNode, value: unknown): VariantNode | undefined {
  const type = jsonType(value);
  return (decl.variants ?? []).find((variant) => {
    if (!variant.json.includes(type)) return false;
    if (Array.isArray(value)) {
      return value.length === 0 || variant.items.length === 0 || variant.items.includes(jsonType(value[0]));
    }
    if (type !== 'object') return true;
    const members = value as Record<string, unknown>;
    return (
      variant.required.every((name) => name in members) &&
      !variant.foreign.some((name) => name in members) &&
      Object.entries(variant.tags).every(([name, known]) => known.includes(members[name] ?? null))
    );
  });
}

function resolve(schema: Schema, type: TypeNode, value: unknown): TypeNode {
  let at = type;
  while (typeof at === 'string') {
    const decl = schema[at];
    if (decl?.alias !== undefined) at = decl.alias;
    else if (decl?.variants) at = chosen(decl, value)?.type ?? null;
    else return at;
  }
  return at;
}

function step(schema: Schema, type: TypeNode, value: unknown, key: string | number): TypeNode {
  const at = resolve(schema, type, value);
  if (at === null) return null;
  if (typeof at === 'string') {
    const decl = schema[at];
    return decl?.fields?.[key] ?? decl?.additional ?? null;
  }
  return 'list' in at ? at.list : at.map;
}

/** The value at a path, with its type as declared there. */
export function follow(
  schema: Schema,
  type: TypeNode,
  value: unknown,
  path: readonly (string | number)[],
): { type: TypeNode; value: unknown } {
  let at = { type, value };
  for (const key of path) {
    const inner = (at.value as Record<string | number, unknown> | null | undefined)?.[key];
    at = { type: step(schema, at.type, at.value, key), value: inner };
  }
  return at;
}

/** The name of the union's variant: the values of its tags, else the JSON type; `unknown` when none fits. */
export function variantName(schema: Schema, type: TypeNode, value: unknown): string {
  let at = type;
  for (;;) {
    const decl: DeclNode | undefined = typeof at === 'string' ? schema[at] : undefined;
    if (decl?.alias !== undefined) at = decl.alias;
    else if (!decl?.variants) return jsonType(value);
    else {
      if (decl.isUnknown?.(value as never)) return 'unknown';
      const variant = chosen(decl, value);
      if (!variant) return 'unknown';
      const inner = typeof variant.type === 'string' ? schema[variant.type] : undefined;
      if (inner?.variants || inner?.alias !== undefined) at = variant.type;
      else {
        const members = jsonType(value) === 'object' ? (value as Record<string, unknown>) : {};
        const said = (decl.tags ?? []).filter((name) => name in members);
        return said.map((name) => String(members[name])).join('/') || jsonType(value);
      }
    }
  }
}

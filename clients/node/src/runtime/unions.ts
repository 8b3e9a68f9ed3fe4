/**
 * A variant that is newer than this package, as a member of a union whose variants are told apart by `Tag`. At run
 * time its tag is whatever the server sent, and all other members are there; the reserved literal exists only for the
 * type checker, which could not narrow by a plain `string`.
 */
export type UnknownVariant<Tag extends string> = { readonly [name in Tag]: '(unknown)' } & {
  readonly [member: string]: unknown;
};

/** A variant without the member that tells the others apart, so that the member can be asked for. */
export type Untagged<Variant, Tag extends string> = Variant & { readonly [name in Tag]?: undefined };

type Tag = string | number | bigint | boolean | null;

/**
 * Whether an object is of none of the known variants. Each of those lists, for members that tell variants apart, the
 * values that it has there; null stands for an absent member too.
 */
export function hasUnknownTag(
  value: unknown,
  ...known: readonly Readonly<Record<string, readonly Tag[]>>[]
): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const members = value as Record<string, Tag | undefined>;
  return !known.some((variant) =>
    Object.entries(variant).every(([name, values]) => values.includes(members[name] ?? null)),
  );
}

/**
 * A variant that is newer than this package, as a member of a union whose variants are told apart by `Tag`. At run
 * time its tag is whatever the server sent, and all other members are there; the reserved literal exists only for the
 * type checker, which could not narrow by a plain `string`.
 */
export type UnknownVariant<Tag extends string> = { readonly [name in Tag]: '(unknown)' } & {
  readonly [member: string]: unknown;
};

/** Whether an object's tag is none of the known ones. */
export function hasUnknownTag(
  value: unknown,
  tag: string,
  known: readonly (string | number | bigint | boolean)[],
): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !known.includes((value as Record<string, string>)[tag] as string)
  );
}

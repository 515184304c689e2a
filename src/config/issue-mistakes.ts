/** What a schema found wrong, as zod tells it. */
interface SchemaIssue {
  readonly code?: string | undefined;
  readonly message: string;
  readonly path: readonly PropertyKey[];
  readonly keys?: unknown;
  readonly issues?: unknown;
  readonly received?: unknown;
}

/** A mistake at its place, in words for whoever wrote it. */
export interface IssueMistake {
  readonly path: readonly (string | number)[];
  readonly problem: string;
}

/**
 * The mistakes that an issue tells of. zod names the object that holds keys which are not known, not the keys; and of a
 * key that may not be, it says no more than that.
 */
export function mistakesOfIssue({ code, message, path, keys, issues, received }: SchemaIssue): IssueMistake[] {
  const place = path.map((part) => (typeof part === "symbol" ? String(part) : part));
  if (code === "unrecognized_keys" && Array.isArray(keys))
    return keys.map((key) => ({ path: [...place, String(key)], problem: "is not known here" }));
  const inner: unknown = code === "invalid_key" && Array.isArray(issues) ? issues[0] : undefined;
  if (typeof inner === "object" && inner !== null && "message" in inner)
    return [{ path: place, problem: String(inner.message) }];
  return [{ path: place, problem: received === "NaN" ? "must be a number" : message }];
}

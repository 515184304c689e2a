const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * JSON that PostgreSQL takes: it refuses NUL and lone surrogates in any string, and one such item must not keep a
 * whole batch out of the ledger. NUL is removed, a lone surrogate becomes U+FFFD.
 */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!/\\u0000|\\ud[89a-f]/.test(text)) return text;
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "string" ? storable(part) : part));
}

/** The same for one string. */
export function storable(text: string): string {
  return text.replaceAll("\0", "").replace(LONE_SURROGATE, "\ufffd");
}

/** PostgreSQL's code for a character that its encoding has not: of ours NUL alone, lone surrogates are sent as U+FFFD. */
const NO_CHARACTER = "22021";

/** Whether the ledger refused a value for the NUL in it: one that came to it by another way than `toJson`. */
export function holdsNul(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === NO_CHARACTER;
}

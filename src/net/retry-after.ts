const LONGEST_MS = 24 * 60 * 60 * 1000;

/**
 * Reads a Retry-After header in either form (RFC 9110, 10.2.3): seconds, or an HTTP date.
 * @param now epoch milliseconds.
 * @returns milliseconds to wait, at most 24 hours; undefined where the header is absent, negative or not understood.
 */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_MS);
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) return undefined;
  return Math.min(Math.max(0, time - now), LONGEST_MS);
}

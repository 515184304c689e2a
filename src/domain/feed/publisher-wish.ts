import type { PollWishes } from "./parsed-feed.ts";

/** The headers of an answer that say how long it stays fresh, as sent. */
export interface FreshnessHeaders {
  readonly cacheControl?: string | undefined;
  readonly expires?: string | undefined;
  readonly date?: string | undefined;
  readonly age?: string | undefined;
}

/**
 * A cache time beyond this was meant for pictures and style sheets: an unchanged feed costs its publisher next to
 * nothing, a missed correction costs an analyst her name.
 */
const LONGEST_FRESH_SECONDS = 3600;
const LONGEST_TTL_SECONDS = 24 * 3600;
const HOUR_MS = 3_600_000;
const HOURS_OF_WEEK = 168;

/**
 * Seconds until a publisher wants to be asked again: the longest of Cache-Control or Expires, the feed's own ttl, and
 * the end of the hours and days that it asks to be spared.
 * @param now epoch milliseconds of the answer.
 */
export function publisherWait(headers: FreshnessHeaders, wishes: PollWishes, now: number): number {
  const fresh = Math.min(freshSeconds(headers, now), LONGEST_FRESH_SECONDS);
  const ttl = Math.min((wishes.ttlMinutes ?? 0) * 60, LONGEST_TTL_SECONDS);
  return afterSkipped(now + Math.max(fresh, ttl) * 1000, wishes, now);
}

/** RFC 9111, 4.2: max-age goes before Expires; no-store, no-cache and past dates mean at once. */
function freshSeconds({ cacheControl, expires, date, age }: FreshnessHeaders, now: number): number {
  const directives = (cacheControl ?? "").toLowerCase();
  if (/(?:^|[\s,])no-(?:store|cache)\b/.test(directives)) return 0;
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,10})/.exec(directives)?.[1];
  if (maxAge !== undefined) return Math.max(0, Number(maxAge) - (/^\d{1,10}$/.test(age ?? "") ? Number(age) : 0));
  const until = Date.parse(expires ?? "");
  const from = Date.parse(date ?? "");
  const seconds = (until - (Number.isNaN(from) ? now : from)) / 1000;
  return seconds > 0 ? seconds : 0;
}

/** skipHours and skipDays count in GMT. A feed that spares every hour of the week did not mean it. */
function afterSkipped(earliest: number, { skipHours, skipDays }: PollWishes, now: number): number {
  for (let hours = 0; hours <= HOURS_OF_WEEK; hours += 1) {
    const at = hours === 0 ? earliest : Math.floor(earliest / HOUR_MS) * HOUR_MS + hours * HOUR_MS;
    const moment = new Date(at);
    if (!skipHours.includes(moment.getUTCHours()) && !skipDays.includes(moment.getUTCDay()))
      return Math.max(0, (at - now) / 1000);
  }
  return Math.max(0, (earliest - now) / 1000);
}

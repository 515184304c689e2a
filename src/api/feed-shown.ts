import { z } from "zod";
import type { FeedRow } from "../ledger/feeds.ts";
import { codedOf, codedShown } from "./coded-reason.ts";
import { shownTime } from "./paging.ts";

/** A feed as answers show it. */
export const feedShown = z.object({
  id: z.string(),
  url: z.string(),
  movedTo: z.string().nullable(),
  source: z.string(),
  lang: z.string(),
  tier: z.number(),
  side: z.string().nullable(),
  timezone: z.string().nullable(),
  configured: z.boolean(),
  paused: z.boolean(),
  status: z.enum(["new", "ok", "failing", "gone"]),
  silent: z.boolean().meta({ description: "It answers, and brings nothing new for longer than its rhythm knows." }),
  fullText: z.boolean(),
  failures: z.number(),
  lastError: z.string().nullable(),
  lastErrorCoded: codedShown,
  lastCode: z
    .string()
    .nullable()
    .meta({ description: "What kind of thing went wrong, as `dns`, `status`, `not-a-feed`." }),
  lastStatus: z.number().nullable(),
  lastFetchedAt: z.string().nullable(),
  lastOkAt: z.string().nullable(),
  lastNewItemAt: z.string().nullable(),
  failingSince: z.string().nullable(),
  nextFetchAt: z.string(),
  intervalSeconds: z.number(),
  typicalGapSeconds: z.number().nullable().meta({ description: "Between its items, as it has been; null: too few." }),
  silentAfterSeconds: z.number().nullable(),
});

/** What a choice of feeds needs of them. */
export const feedNames = z.object({
  feeds: z.array(z.object({ id: z.string(), source: z.string(), lang: z.string() })),
});

export function showFeed(row: FeedRow): z.output<typeof feedShown> {
  const { id, url, source, lang, tier, side, timezone, configured, paused, status, failures } = row;
  return {
    ...{ id, url, source, lang, tier, side, timezone, configured, paused, status, failures },
    silent: isSilent(row),
    fullText: row.full_text,
    movedTo: row.moved_to,
    lastError: row.last_error,
    lastErrorCoded: codedOf(row.last_error),
    lastCode: row.last_code,
    lastStatus: row.last_status,
    lastFetchedAt: shownTime(row.last_fetched_at),
    lastOkAt: shownTime(row.last_ok_at),
    lastNewItemAt: shownTime(row.last_new_item_at),
    failingSince: shownTime(row.failing_since),
    nextFetchAt: row.next_fetch_at.toISOString(),
    intervalSeconds: row.interval_seconds,
    typicalGapSeconds: row.typical_gap_seconds,
    silentAfterSeconds: row.silent_after_seconds,
  };
}

/** As `feed.silent` counts it: up to the last good answer, for while we did not ask nobody was silent. */
function isSilent(row: FeedRow): boolean {
  const {
    configured,
    paused,
    status,
    silent_after_seconds: after,
    last_ok_at: good,
    last_new_item_at,
    created_at,
  } = row;
  if (!configured || paused || status !== "ok" || after === null || good === null) return false;
  return good.getTime() - (last_new_item_at ?? created_at).getTime() > after * 1000;
}

/** A feed that was looked at, with what would be read from it. */
export const probedFeed = z.object({
  url: z.string(),
  from: z.enum(["declared", "linked", "guessed"]).meta({ description: "How the site's page named it." }),
  known: z.string().nullable().meta({ description: "The id under which it is in the list already." }),
  movedTo: z.string().nullable(),
  waitSeconds: z.number().meta({ description: "Least time between polls that the publisher asks for." }),
  format: z.enum(["rss", "rdf", "atom", "json"]),
  title: z.string(),
  language: z.string().nullable(),
  suggestedId: z.string(),
  items: z.number(),
  newest: z.string().nullable(),
  sample: z.array(
    z.object({ title: z.string(), link: z.string().nullable(), published: z.string().nullable(), text: z.string() }),
  ),
  warnings: z.array(z.string()),
  warningsCoded: z.array(codedShown),
});

/** Items by day of all feeds: `counts[i]` belongs to `days[i]`. */
export const feedActivity = z.object({
  days: z.array(z.string()),
  feeds: z.record(z.string(), z.array(z.number())),
});

import { sql } from "kysely";
import { type HostsAsked, isOutage, OUTAGE_WINDOW_MS } from "../domain/feed/network-outage.ts";
import { inTransaction } from "./in-transaction.ts";
import { toJson } from "./json-text.ts";
import { lockFeeds, lockReachability } from "./locks.ts";
import type { Database } from "./schema.ts";

/** What a fetch that reached the feed leaves behind. */
export interface FetchRecord {
  readonly feedId: string;
  readonly now: Date;
  readonly httpStatus: number;
  readonly nextFetchAt: Date;
  readonly intervalSeconds: number;
  /** Until when the publisher asked to be left alone. */
  readonly notBefore?: Date;
  /** Validators and hash of a body read whole; left out (after a 304, or a body cut short) the old ones stay. */
  readonly validators?: {
    readonly etag: string | null;
    readonly lastModified: string | null;
    readonly bodyHash: string | null;
  };
  readonly newItems: number;
  /** What the document asks of those who poll; left out, what it asked before stays. */
  readonly wishes?: unknown;
  /** Drawn anew from the items; left out, the one before stays. */
  readonly rhythm?: { readonly typicalGapSeconds: number; readonly silentAfterSeconds: number };
  /** The permanent redirect to remember, and how often it was met in a row. */
  readonly redirect?: { readonly to: string | null; readonly times: number };
  /** Where a permanent redirect led that is believed: from now on the feed is fetched there. */
  readonly movedTo?: string;
}

/** Records fetches that succeeded, in one statement, and gives feeds and hosts free. */
export async function recordFetches(db: Database, fetches: readonly FetchRecord[]): Promise<void> {
  if (fetches.length === 0) return;
  const rows = fetches.map(({ validators, rhythm, redirect, ...fetch }) => ({
    ...fetch,
    ...validators,
    ...rhythm,
    fresh: validators !== undefined,
    redirectTo: redirect?.to ?? null,
    redirectSeen: redirect?.times ?? 0,
  }));
  await inTransaction(db, async (trx) => {
    await lockFeeds(
      trx,
      fetches.map(({ feedId }) => feedId),
    );
    for (const { feedId, movedTo } of fetches) if (movedTo !== undefined) await moveFeed(trx, feedId, movedTo);
    await sql`
      with n as materialized (
        select * from json_to_recordset(${toJson(rows)}::json) as n("feedId" text, now timestamptz, "httpStatus" int,
          "nextFetchAt" timestamptz, "intervalSeconds" real, "notBefore" timestamptz, fresh boolean, etag text, "lastModified" text,
          "bodyHash" text, "newItems" int, wishes jsonb, "typicalGapSeconds" real, "silentAfterSeconds" real, "redirectTo" text,
          "redirectSeen" int)
      ), recorded as (
        update feeds f set status = 'ok', failures = 0, failing_since = null, network_failed_at = null, told_failing_at = null,
          last_error = null, last_code = null, last_status = n."httpStatus", last_fetched_at = n.now, last_ok_at = n.now, lease_until = null,
          next_fetch_at = n."nextFetchAt", interval_seconds = n."intervalSeconds", not_before = n."notBefore",
          etag = case when n.fresh then n.etag else f.etag end,
          last_modified = case when n.fresh then n."lastModified" else f.last_modified end,
          body_hash = case when n.fresh then n."bodyHash" else f.body_hash end,
          last_new_item_at = case when n."newItems" > 0 then n.now else f.last_new_item_at end,
          told_silent_at = case when n."newItems" > 0 then null else f.told_silent_at end,
          wishes = coalesce(n.wishes, f.wishes),
          typical_gap_seconds = coalesce(n."typicalGapSeconds", f.typical_gap_seconds),
          silent_after_seconds = coalesce(n."silentAfterSeconds", f.silent_after_seconds),
          redirect_to = n."redirectTo", redirect_seen = n."redirectSeen"
        from n where f.id = n."feedId"
      )
      update hosts h set feed_id = null, lease_until = null, answered_at = n.now, slowness = greatest(h.slowness - 1, 0),
        next_request_at = greatest(h.next_request_at, n.now + h.gap_ms * interval '1 millisecond')
      from n where h.feed_id = n."feedId"`.execute(trx);
  });
}

/** What a fetch that failed leaves behind. */
export interface FetchFailure {
  readonly feedId: string;
  readonly now: Date;
  readonly error: string;
  /** What kind of thing went wrong, as `dns` or `not-a-feed`. */
  readonly code?: string | undefined;
  readonly httpStatus?: number | undefined;
  readonly nextFetchAt: Date;
  /** No name, no connection, no answer: it may be our own network. */
  readonly unreachable?: boolean;
  /** The host is overloaded (429, 503): the gap between its requests is doubled. */
  readonly overloaded?: boolean;
  /** The host asked (Retry-After) that none of its feeds be fetched before. */
  readonly hostNotBefore?: Date | undefined;
  /** The address that a redirect led to fails for good: the configured one is asked again. */
  readonly forgetMove?: boolean;
}

/** What recording a failure came to. */
export interface RecordedFailure {
  /** Failures in a row that were counted. */
  readonly failures: number;
  readonly failingSince: Date | null;
  /** Most hosts fail at once: it is our own network, and nothing was counted. */
  readonly outage: boolean;
}

/**
 * Records a fetch that failed and gives feed and host free. While our own network is out no feed is blamed: nothing is
 * counted, and what was counted since it began is taken back.
 */
export async function recordFetchFailure(db: Database, failure: FetchFailure): Promise<RecordedFailure> {
  return inTransaction(db, async (trx) => {
    if (failure.unreachable === true) await lockReachability(trx);
    await releaseHost(trx, failure.feedId, failure);
    const outage = failure.unreachable === true && isOutage(await countHostsAsked(trx, failure.now));
    if (outage) await forgive(trx, failure);
    const counted = outage ? 0 : 1;
    const feed = await trx
      .updateTable("feeds")
      .set((eb) => ({
        failures: eb("failures", "+", counted),
        last_error: failure.error.slice(0, 2000),
        last_code: failure.code ?? null,
        last_status: failure.httpStatus ?? null,
        last_fetched_at: failure.now,
        next_fetch_at: failure.nextFetchAt,
        lease_until: null,
        ...(!outage && {
          status: "failing" as const,
          failing_since: eb.fn.coalesce("failing_since", eb.val(failure.now)),
          network_failed_at: failure.unreachable === true ? failure.now : null,
        }),
      }))
      .where("id", "=", failure.feedId)
      .returning(["failures", "failing_since", "url"])
      .executeTakeFirst();
    if (failure.forgetMove === true && feed !== undefined) await moveFeed(trx, failure.feedId, null);
    return { failures: feed?.failures ?? 0, failingSince: feed?.failing_since ?? null, outage };
  });
}

/** Retires a feed whose publisher says that it is gone: it is not polled until somebody resumes it or changes its URL. */
export async function retireFeed(
  db: Database,
  { feedId, now, error, httpStatus }: { feedId: string; now: Date; error: string; httpStatus: number },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await releaseHost(trx, feedId, { now });
    await trx
      .updateTable("feeds")
      .set((eb) => ({
        status: "gone",
        failures: eb("failures", "+", 1),
        failing_since: eb.fn.coalesce("failing_since", eb.val(now)),
        last_error: error,
        last_code: "gone",
        last_status: httpStatus,
        last_fetched_at: now,
        next_fetch_at: now,
        lease_until: null,
      }))
      .where("id", "=", feedId)
      .execute();
  });
}

const MOST_SLOWNESS = 6;

/** What a failed request says of its host. */
export type HostFailure = Pick<FetchFailure, "now" | "unreachable" | "overloaded" | "hostNotBefore">;

/** Gives the host free that a feed or page (`holder`) had, after a request that failed. */
export async function releaseHost(
  trx: Database,
  holder: string,
  { now, unreachable = false, overloaded = false, hostNotBefore }: HostFailure,
): Promise<void> {
  await sql`
    update hosts set feed_id = null, lease_until = null,
      slowness = case when ${overloaded} then least(slowness + 1, ${MOST_SLOWNESS}) else slowness end,
      answered_at = case when ${unreachable} then answered_at else ${now} end,
      unreachable_at = case when ${unreachable} then ${now} else unreachable_at end,
      next_request_at = greatest(next_request_at, ${now}::timestamptz + gap_ms * interval '1 millisecond', ${hostNotBefore ?? null}::timestamptz)
    where feed_id = ${holder}`.execute(trx);
}

async function countHostsAsked(trx: Database, now: Date): Promise<HostsAsked> {
  const since = new Date(now.getTime() - OUTAGE_WINDOW_MS);
  const { rows } = await sql<HostsAsked>`
    select count(*)::int as asked, count(*) filter (where unreachable_at > coalesce(answered_at, '-infinity'))::int as unreachable
    from hosts where greatest(answered_at, unreachable_at) > ${since}`.execute(trx);
  return rows[0] ?? { asked: 0, unreachable: 0 };
}

/** Takes the failures back that were counted before so many had failed that it had to be our own network. */
async function forgive(trx: Database, { now, nextFetchAt }: FetchFailure): Promise<void> {
  const since = new Date(now.getTime() - OUTAGE_WINDOW_MS);
  await sql`
    with blamed as materialized (
      select id from feeds where network_failed_at > ${since} order by id for no key update skip locked
    )
    update feeds f set failures = greatest(failures - 1, 0), network_failed_at = null,
      status = case when failures > 1 then status when last_ok_at is null then 'new' else 'ok' end,
      failing_since = case when failures > 1 then failing_since end,
      next_fetch_at = case when failures > 1 then next_fetch_at else least(next_fetch_at, ${nextFetchAt}) end
    from blamed where f.id = blamed.id`.execute(trx);
}

async function moveFeed(trx: Database, feedId: string, movedTo: string | null): Promise<void> {
  const { url } = await trx.selectFrom("feeds").select("url").where("id", "=", feedId).executeTakeFirstOrThrow();
  const { host } = new URL(movedTo ?? url);
  await sql`insert into hosts (host) values (${host}) on conflict do nothing`.execute(trx);
  await trx.updateTable("feeds").set({ moved_to: movedTo, host }).where("id", "=", feedId).execute();
}

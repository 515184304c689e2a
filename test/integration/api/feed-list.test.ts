import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FEED_SORTS } from "../../../src/api/feed-listing.ts";
import { type ApiUnderTest, startApiUnderTest } from "./api-under-test.ts";

const FEEDS = 500;

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApiUnderTest();
  const { db } = api.ledger;
  await sql`truncate feeds, items, revisions, pages cascade`.execute(db);
  await sql`insert into hosts (host) values ('many.example')`.execute(db);
  // In turn: well, failing, paused, silent, gone, removed after it was read, removed before.
  await sql`
    insert into feeds (id, url, host, source, lang, tier, configured, paused, status, silent_after_seconds, last_new_item_at, last_ok_at,
      next_fetch_at, interval_seconds, created_at)
    select 'feed-' || n, 'https://many.example/' || n, 'many.example', 'Source ' || n % 97, (array['en', 'ar'])[1 + n % 2], 2,
      n % 7 not in (5, 6), n % 7 = 2, (array['ok', 'failing', 'ok', 'ok', 'gone', 'ok', 'new'])[1 + n % 7],
      case when n % 7 = 3 then 3600 end, now() - n * interval '1 hour', now(), now() + (n * 37 % 500) * interval '1 minute', 300, now()
    from generate_series(1, ${FEEDS}) n`.execute(db);
  await sql`insert into items (feed_id, guid_key, first_seen_at)
    select 'feed-' || f, f || ':' || n, now() - interval '1 day' from generate_series(1, 9) f, generate_series(1, f) n`.execute(
    db,
  );
});
afterAll(() => api.close());

interface Listed {
  readonly feeds: readonly { readonly id: string; readonly status: string; readonly paused: boolean }[];
  readonly next: string | null;
  readonly total: number;
  readonly states: Record<string, number>;
}

const list = async (query: string): Promise<Listed> => (await api.ask("GET", `/api/v1/feeds?${query}`)).json;
const ids = ({ feeds }: Listed): string[] => feeds.map(({ id }) => id);

async function inPages(query: string): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | null = ""; after !== null; ) {
    const page = await list(`${query}&limit=60${after === "" ? "" : `&after=${after}`}`);
    found.push(...ids(page));
    after = page.next;
  }
  return found;
}

describe("the list of feeds", () => {
  test("has them all where nothing is asked, in the ledger's order", async () => {
    const all = await list("");
    expect([all.feeds.length, all.total, all.next]).toEqual([FEEDS, FEEDS, null]);
    expect(all.states).toEqual({ ok: 71, failing: 72, paused: 72, silent: 72, gone: 71, removed: 71 });
  });

  test.each(FEED_SORTS)("comes in pages that are the whole, by %s", async (sort) => {
    const whole = ids(await list(`sort=${sort}`));
    expect(await inPages(`sort=${sort}`)).toEqual(whole);
    expect(new Set(whole).size).toBe(sort === "list" ? FEEDS : FEEDS - 71);
  });

  test("puts first what needs somebody, what brings most, or what brought something last", async () => {
    expect((await list("sort=state&limit=3")).feeds.map(({ status }) => status)).toEqual([
      "failing",
      "failing",
      "failing",
    ]);
    expect(ids(await list("sort=items&limit=2"))).toEqual(["feed-9", "feed-8"]);
    expect(ids(await list("sort=newest&limit=2"))).toEqual(["feed-1", "feed-2"]);
  });

  test("is narrowed by states and words, with the number of all that fit", async () => {
    const paused = await list("states=paused&limit=5");
    expect([paused.feeds.length, paused.total]).toEqual([5, 72]);
    expect(paused.feeds.every((feed) => feed.paused)).toBe(true);
    expect((await list("states=silent,gone")).total).toBe(143);
    const found = await list("q=example/29+EN&sort=name");
    expect(ids(found)).toEqual(["feed-292", "feed-294", "feed-296", "feed-298", "feed-290"]);
    expect(found.states).toEqual(paused.states);
  });

  test("goes on behind a feed that fits no longer, and refuses one that is none", async () => {
    const failing = ids(await list("states=failing&sort=next"));
    await sql`update feeds set paused = true where id = ${failing[9] ?? ""}`.execute(api.ledger.db);
    const rest = await list(`states=failing&sort=next&after=${failing[9]}`);
    expect(ids(rest)).toEqual(failing.slice(10));
    const { status, json } = await api.ask("GET", "/api/v1/feeds?after=none");
    expect([status, json.errors[0].field]).toEqual([400, "after"]);
  });

  test("is small as a page, and smaller as names", async () => {
    const [whole, page, names] = await Promise.all(
      ["feeds", "feeds?limit=50&sort=state", "feed-names"].map((path) => api.ask("GET", `/api/v1/${path}`)),
    );
    expect(page?.text.length).toBeLessThan((whole?.text.length ?? 0) / 8);
    expect(names?.text.length).toBeLessThan((whole?.text.length ?? 0) / 8);
    expect(names?.json.feeds).toHaveLength(FEEDS);
    expect(names?.json.feeds[0]).toEqual({ id: expect.any(String), source: expect.any(String), lang: "ar" });
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fitsFilters } from "../../../src/domain/alert/subscription.ts";
import { listAlerts } from "../../../src/ledger/alerts.ts";
import { storePoll } from "../../../src/ledger/items.ts";
import { type ApiUnderTest, startApiUnderTest } from "./api-under-test.ts";
import { published, tell, toll } from "./told-story.ts";

let api: ApiUnderTest;
let secret: string;
beforeAll(async () => {
  api = await startApiUnderTest();
  secret = (await api.ask("POST", "/api/v1/endpoints", { body: { url: "https://hook.example/" } })).json.secret;
  await tell(api.ledger.db, "tass", [toll("a", 135, "2022-09-16T08:10:00Z")]);
  await tell(api.ledger.db, "desk", [toll("b", 135, "2022-09-16T09:00:00Z")]);
  await tell(api.ledger.db, "tass", [
    toll("c", 207, "2022-09-20T10:00:00Z"),
    published("d", "Wheat prices", "The price of wheat rose by 4 percent on Monday.", "2022-09-20T11:00:00Z"),
  ]);
  await tell(api.ledger.db, "tass", [
    { ...toll("c", 210, "2022-09-20T10:00:00Z"), updatedAt: new Date("2022-09-20T12:00:00Z") },
  ]);
});
afterAll(() => api.close());

const get = (url: string, headers: Record<string, string> = {}) => api.ask("GET", url, { headers });

describe("alerts", () => {
  test("are read in pages, oldest or newest first, each once", async () => {
    const all = (await get("/api/v1/alerts")).json;
    expect(all.next).toBeNull();
    expect(all.alerts.length).toBeGreaterThanOrEqual(3);
    for (const order of ["oldest", "newest"]) {
      const ids: string[] = [];
      for (let after = ""; ; ) {
        const { json } = await get(`/api/v1/alerts?limit=1&order=${order}${after}`);
        ids.push(...json.alerts.map(({ id }: { id: string }) => id));
        if (json.next === null) break;
        after = `&after=${json.next}`;
      }
      const expected = all.alerts.map(({ id }: { id: string }) => id);
      expect(ids).toEqual(order === "oldest" ? expected : expected.reverse());
    }
  });

  test.each([
    ["kinds=figure.revised", { kinds: ["figure.revised"] }],
    ["kinds=figure.revised&kinds=item.edited", { kinds: ["figure.revised", "item.edited"] }],
    ["kinds=alert.confirmed,alert.withdrawn", { kinds: ["alert.confirmed", "alert.withdrawn"] }],
    ["stories=armenia-azerbaijan&minSeverity=high", { stories: ["armenia-azerbaijan"], minSeverity: "high" as const }],
    ["minSeverity=critical", { minSeverity: "critical" as const }],
    ["events=armenian-deaths", { events: ["armenian-deaths"] }],
    ["parties=azerbaijan", { parties: ["azerbaijan"] }],
    ["languages=en,ru", { languages: ["en", "ru"] }],
    ["languages=ar", { languages: ["ar"] }],
    ["sources=Desk", { sources: ["Desk"] }],
    ["minConfidence=0.9", { minConfidence: 0.9 }],
  ])("are filtered by %s as endpoints are", async (query, filters) => {
    const rows = await listAlerts(api.ledger.db, { limit: 500 });
    const wanted = rows.filter((row) => fitsFilters(row, filters)).map(({ id }) => id);
    const { json } = await get(`/api/v1/alerts?${query}`);
    expect(json.alerts.map(({ id }: { id: string }) => id)).toEqual(wanted);
  });

  test.each([
    "limit=0",
    "limit=501",
    "limit=x",
    "after=x",
    "kind=figure.new",
    "minConfidence=2",
    "order=any",
    "since=now",
  ])("refuse %s with the field that is wrong", async (query) => {
    const { status, json } = await get(`/api/v1/alerts?${query}`);
    expect(status).toBe(400);
    expect(json.errors[0].field).toBe(query.split("=")[0]);
  });

  test("are explained: item, revision, cluster, span, rule, standing before and after, deliveries", async () => {
    const { alerts } = (await get("/api/v1/alerts?kinds=figure.revised")).json;
    const first = alerts[0];
    const { status, json } = await get(`/api/v1/alerts/${first.id}/explain`);
    expect(status).toBe(200);
    expect(json.alert).toEqual(first);
    expect(json.item).toMatchObject({ feed: "tass", source: "TASS", url: "https://news.example/a" });
    expect(json.revision).toMatchObject({ number: 1, title: "Count goes on" });
    expect(json.cluster.members.length).toBeGreaterThanOrEqual(1);
    expect(json.span).toMatchObject({ holds: true, quote: first.body.data.evidence[0].quote });
    expect(json.rule).toMatchObject({ kind: "figure.revised", because: first.body.data.because, change: { step: 30 } });
    expect(json.observation).toMatchObject({ event: "armenian-deaths", value: 135, speaker: "pashinyan" });
    const { story, id } = json.observation;
    const evidence = await get(`/api/v1/stories/${story}/observations/${encodeURIComponent(id)}/evidence`);
    expect(json.rules.length).toBeGreaterThan(0);
    expect(json.rules).toEqual(evidence.json.rules);
    const [standing] = json.standings.filter(({ after }: { after: { side: string } }) => after.side === "armenia");
    expect(standing).toMatchObject({ before: null, stood: { value: 105 }, after: { current: { value: 135 } } });
    expect(json.deliveries).toMatchObject([{ alert: first.id, state: "pending" }]);
    const second = await get(`/api/v1/alerts/${alerts[1].id}/explain`);
    const moved = second.json.standings.find(({ after }: { after: { side: string } }) => after.side === "armenia");
    expect(moved).toMatchObject({
      before: { current: { value: 135 } },
      stood: { value: 135 },
      after: { current: { value: 207 } },
    });
    expect((await get("/api/v1/alerts/alt_none/explain")).status).toBe(404);
    expect((await get("/api/v1/alerts/alt_none")).json).toMatchObject({ status: 404, title: "Not found" });
  });
});

describe("stories", () => {
  test("list baseline events with what stands, and how it came to stand", async () => {
    expect((await get("/api/v1/stories")).json.stories).toMatchObject([{ id: "armenia-azerbaijan" }]);
    const { events } = (await get("/api/v1/stories/armenia-azerbaijan/events")).json;
    expect(events.at(-1)).toMatchObject({ id: "new", baseline: [] });
    const one = (await get("/api/v1/stories/armenia-azerbaijan/events/armenian-deaths")).json;
    expect(events).toContainEqual(one);
    expect(one.baseline[0].figure.value).toBe(105);
    const history = (await get("/api/v1/stories/armenia-azerbaijan/events/armenian-deaths/history?limit=1")).json;
    expect(history.standings[0].body.current.value).toBe(135);
    expect(history.next).toBe(history.standings[0].id);
    for (const path of ["nowhere", "nowhere/events", "armenia-azerbaijan/events/nothing", "nowhere/events/x/history"])
      expect((await get(`/api/v1/stories/${path}`)).status).toBe(404);
  });
});

describe("items, observations and clusters", () => {
  test("are read with revisions and claims", async () => {
    const { items } = (await get("/api/v1/items")).json;
    expect(items).toHaveLength(4);
    expect((await get("/api/v1/items?relevant=false")).json.items.map(({ title }: { title: string }) => title)).toEqual(
      ["Wheat prices"],
    );
    expect((await get("/api/v1/items?feed=desk")).json.items).toHaveLength(1);
    const edited = items.find(({ revisions }: { revisions: number }) => revisions === 2);
    const detail = (await get(`/api/v1/items/${edited.id}`)).json;
    expect(detail.revisions.map(({ number }: { number: number }) => number)).toEqual([1, 2]);
    expect(detail.claims.map(({ value }: { value: number }) => value)).toEqual(expect.arrayContaining([207, 210]));
    for (const claim of detail.claims) {
      const revision = detail.revisions.find(({ id }: { id: string }) => id === claim.revision);
      expect(revision[claim.field].slice(claim.start, claim.end)).toBe(claim.quote);
    }
    expect((await get("/api/v1/items/999")).status).toBe(404);
  });

  test("of an item that is edited again and again the newest revisions are read, the others in pages", async () => {
    const edits = Array.from({ length: 24 }, (_, edit) =>
      published(
        "live",
        "Live",
        `News of the hour: the weather is ${edit} degrees, and no more.`,
        "2022-09-19T10:00:00Z",
      ),
    );
    for (const edit of edits) await storePoll(api.ledger.db, "desk", [edit], new Date());
    const { items } = (await get("/api/v1/items?feed=desk")).json;
    const { id } = items.find(({ title }: { title: string }) => title === "Live");
    type Read = { number: number; difference: { text: { kind: string; text: string }[] } | null };
    const page = async (query: string): Promise<{ revisions: Read[]; next: string | null }> =>
      (await get(`/api/v1/items/${id}${query}`)).json;
    const newest = await page("");
    expect(newest.revisions.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, place) => place + 5));
    expect(newest.revisions[0]?.difference?.text.map(({ text }) => text)).toEqual(expect.arrayContaining(["3", "4"]));
    const older = await page(`?after=${newest.next}&limit=3`);
    expect(older.revisions.map(({ number }) => number)).toEqual([2, 3, 4]);
    const first = await page(`?after=${older.next}`);
    expect(first).toMatchObject({ revisions: [{ number: 1, difference: null }], next: null });
    expect((await get(`/api/v1/items/${id}?limit=0`)).status).toBe(400);
  });

  test("observations are listed by event, and read one by one", async () => {
    const { observations } = (await get("/api/v1/observations?event=armenian-deaths&limit=2")).json;
    expect(observations).toHaveLength(2);
    const [one] = observations;
    const path = `/api/v1/stories/${one.story}/observations/${encodeURIComponent(one.id)}`;
    expect((await get(path)).json).toEqual(one);
    expect((await get("/api/v1/stories/armenia-azerbaijan/observations/none")).status).toBe(404);
  });

  test("clusters show which items carry the same report", async () => {
    const { clusters } = (await get("/api/v1/clusters?minItems=2")).json;
    expect(clusters).toMatchObject([{ items: 2, sources: 2 }]);
    const detail = (await get(`/api/v1/clusters/${clusters[0].id}`)).json;
    expect(detail.members).toHaveLength(2);
    expect((await get(`/api/v1/items?cluster=${clusters[0].id}`)).json.items).toHaveLength(2);
    expect((await get("/api/v1/clusters/999")).status).toBe(404);
  });
});

describe("feeds", () => {
  test("are listed, paused, resumed and fetched", async () => {
    expect((await get("/api/v1/feeds")).json.feeds.map(({ id }: { id: string }) => id)).toEqual(["desk", "tass"]);
    expect((await api.ask("POST", "/api/v1/feeds/tass/pause")).json).toMatchObject({ paused: true });
    expect((await api.ask("POST", "/api/v1/feeds/tass/fetch")).status).toBe(409);
    expect((await api.ask("POST", "/api/v1/feeds/tass/resume")).json).toMatchObject({ paused: false });
    expect((await api.ask("POST", "/api/v1/feeds/tass/fetch")).status).toBe(202);
    expect((await get("/api/v1/feeds/tass")).json).toMatchObject({ lastError: null, status: "new" });
    expect((await get("/api/v1/feeds/none")).status).toBe(404);
    expect((await api.ask("POST", "/api/v1/feeds/none/pause")).status).toBe(404);
  });
});

describe("answers", () => {
  test("carry an ETag, and 304 to those who have the same", async () => {
    const first = await get("/api/v1/alerts");
    const etag = String(first.headers.etag);
    const again = await get("/api/v1/alerts", { "if-none-match": `"other", W/${etag}` });
    expect([again.status, again.text]).toEqual([304, ""]);
    expect((await get("/api/v1/alerts?limit=1", { "if-none-match": etag })).status).toBe(200);
  });

  test("are in camel case everywhere", async () => {
    const names = new Set<string>();
    const collect = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(collect);
      else if (typeof value === "object" && value !== null)
        for (const [name, part] of Object.entries(value)) {
          names.add(name);
          collect(part);
        }
    };
    for (const path of [
      "alerts",
      "items",
      "items/1",
      "observations",
      "clusters",
      "clusters/1",
      "feeds",
      "endpoints",
      "deliveries",
      "audit",
      "keys",
    ])
      collect((await get(`/api/v1/${path}`)).json);
    expect([...names].filter((name) => name.includes("_"))).toEqual([]);
    expect(names.size).toBeGreaterThan(60);
  });

  test("never hold a secret", async () => {
    for (const { method, url } of api.routes) {
      if (method !== "GET" || !url.startsWith("/api/v1/") || url.endsWith("/stream")) continue;
      const { text } = await get(url.replace(":story", "armenia-azerbaijan").replace(/:\w+/g, "1"));
      expect(text).not.toContain(secret.slice(6));
    }
    expect(api.log.join()).not.toContain(secret.slice(6));
  });
});

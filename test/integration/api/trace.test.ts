import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { insertObservations } from "../../../src/ledger/observations.ts";
import { watchTurns } from "../../analysis/watch-turns.ts";
import { figure, STORY, storedRevision } from "../ledger/sample-claims.ts";
import { later } from "../ledger/sample-feeds.ts";
import { type ApiUnderTest, startApiUnderTest } from "./api-under-test.ts";
import { published, tell, toll } from "./told-story.ts";

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApiUnderTest();
  await tell(api.ledger.db, "tass", [
    toll("first", 135, "2022-09-16T08:10:00Z"),
    published("wheat", "Wheat prices", "The price of wheat rose by 4 percent on Monday.", "2022-09-16T11:00:00Z"),
  ]);
  await tell(api.ledger.db, "desk", [
    toll("again", 135, "2022-09-16T12:00:00Z"),
    toll("late", 105, "2022-09-17T08:00:00Z"),
  ]);
});
afterAll(() => api.close());

async function itemOf(key: string): Promise<string> {
  const { json } = await api.ask("GET", "/api/v1/items");
  return json.items.find(({ url }: { url: string }) => url === `https://news.example/${key}`).id;
}
async function traceOf(key: string) {
  const { status, json } = await api.ask("GET", `/api/v1/items/${await itemOf(key)}/trace`);
  expect(status).toBe(200);
  return { ...json, story: json.stories[0] };
}
const analyze = (body: object) => api.ask("POST", "/api/v1/analyze", { body });

describe("the trace of an item", () => {
  test("that raised an alert names the alert, the claim's place and when it happened", async () => {
    const { story, text, stage, source } = await traceOf("first");
    expect([stage, source]).toEqual(["done", "TASS"]);
    expect(story.relevance).toMatchObject({ relevant: true });
    expect(story.relevance.evidence.length).toBeGreaterThan(0);
    const [one] = story.claims;
    expect(one.claim).toMatchObject({ kind: "figure", measure: "killed", party: "armenia", value: 135 });
    expect(text.slice(one.claim.start, one.claim.end)).toBe(one.claim.quote);
    expect(one.when.scope).toBe("window");
    expect(one.decision).toBeNull();
    const { alerts } = (await api.ask("GET", "/api/v1/alerts?kinds=figure.revised")).json;
    expect(one.alerts).toMatchObject([
      { id: alerts[0].id, kind: "figure.revised", entered: true, after: { value: 135 } },
    ]);
    expect(story.numbers).toMatchObject([{ text: "135", value: 135, notFigure: null }]);
    expect(story.rules.length).toBeGreaterThan(0);
  });

  test.each([
    ["again", "repeats-standing"],
    ["late", "known-before"],
  ])("that is none says by which rule: %s, %s", async (key, rule) => {
    const { story } = await traceOf(key);
    expect(story.claims[0]).toMatchObject({ decision: { rule }, alerts: [] });
    expect(story.claims[0].decision.because.length).toBeGreaterThan(20);
    expect(story.claims[0].observations).toHaveLength(1);
  });

  test("of another subject says what weighs against the story, and what its numbers are", async () => {
    const { story } = await traceOf("wheat");
    expect(story.relevance.relevant).toBe(false);
    expect(story.weighed.some(({ weight }: { weight: number }) => weight < 0)).toBe(true);
    expect(story.numbers).toMatchObject([{ text: "4", notFigure: "percentage" }]);
    expect(story.claims).toEqual([]);
  });

  test("of a revision or item that is not there is not found", async () => {
    const id = await itemOf("first");
    expect((await api.ask("GET", `/api/v1/items/${id}/trace?revision=1`)).status).toBe(200);
    expect((await api.ask("GET", `/api/v1/items/${id}/trace?revision=2`)).status).toBe(404);
    expect((await api.ask("GET", "/api/v1/items/999999/trace")).status).toBe(404);
  });
});

describe("a pasted text", () => {
  const words = (count: number) =>
    `At least ${count} Armenian soldiers have been killed in the fighting with Azerbaijan this week, Prime Minister Nikol Pashinyan said.`;

  test("is held against what stands now, and nothing of it is kept", async () => {
    const before = (await api.ask("GET", "/api/v1/items")).json.items.length;
    const { status, json } = await analyze({ text: words(170), published: "2022-09-18T08:00:00Z" });
    expect(status).toBe(200);
    expect(json).toMatchObject({ lang: "en", text: words(170), published: "2022-09-18T08:00:00Z" });
    const [claim] = json.stories[0].claims;
    expect(claim.alerts).toMatchObject([
      { kind: "figure.revised", before: { value: 135 }, after: { value: 170 }, entered: false },
    ]);
    expect((await api.ask("GET", "/api/v1/items")).json.items).toHaveLength(before);
    const [again] = (await analyze({ text: words(135), published: "2022-09-18T08:00:00Z" })).json.stories[0].claims;
    expect(again).toMatchObject({ alerts: [], decision: { rule: "repeats-standing" } });
    const [old] = (await analyze({ text: words(49), published: "2022-09-18T08:00:00Z" })).json.stories[0].claims;
    expect(old).toMatchObject({ alerts: [], decision: { rule: "lower-is-old" } });
  });

  test("without a date is taken to be published now", async () => {
    const { json } = await analyze({ text: words(170) });
    expect(Math.abs(Date.parse(json.published) - Date.now())).toBeLessThan(60_000);
  });

  test("may be read by a reading key, and by nobody without one", async () => {
    const guarded = await startApiUnderTest();
    try {
      const { key } = await guarded.newKey("read");
      const body = { text: words(170) };
      expect((await guarded.ask("POST", "/api/v1/analyze", { body, key })).status).toBe(200);
      expect((await guarded.ask("POST", "/api/v1/analyze", { body })).status).toBe(401);
    } finally {
      await guarded.close();
    }
  });

  test.each([
    ["text", { text: "x".repeat(65_537) }],
    ["text", { text: " ", title: "" }],
    ["title", { title: "x".repeat(1001) }],
    ["published", { text: "a", published: "yesterday" }],
    ["tier", { text: "a", tier: 4 }],
    ["note", { text: "a", note: "b" }],
  ])("is refused where %s is wrong", async (field, body) => {
    const { status, json } = await analyze(body);
    expect([status, json.errors[0].field]).toEqual([400, field]);
  });

  test("of the greatest length is read in time", async () => {
    const text = `${words(170)} `.repeat(600).slice(0, 65_536);
    const begun = process.cpuUsage();
    const { status, json } = await analyze({ text, published: "2022-09-18T08:00:00Z" });
    const { user } = process.cpuUsage(begun);
    expect(status).toBe(200);
    expect(json.stories[0].claims[0].claim.value).toBe(170);
    expect(user / 1000).toBeLessThan(3_000);
  });

  test("leaves the event loop free while it is read, whatever it holds", async () => {
    await analyze({ text: words(170) });
    const stop = watchTurns();
    for (const piece of [
      "118 killed near Jermuk, ",
      "1,234,567.89",
      "Pashinyan said that Aliyev said that ",
      '"',
      "\u0301",
    ])
      expect((await analyze({ text: piece.repeat(70_000).slice(0, 65_536) })).status).toBe(200);
    const late = stop();
    expect(late.at(-1)).toBeLessThan(300);
  }, 60_000);

  test("that is not read in time is told of as such, and the next one is read", async () => {
    const hasty = await startApiUnderTest({ reading: { deadlineMs: 40, msACharacter: 0 } });
    try {
      const ask = (text: string) => hasty.ask("POST", "/api/v1/analyze", { body: { text } });
      const { status, json } = await ask("At least 118 soldiers have been killed near Jermuk. ".repeat(1200));
      expect([status, json.title]).toEqual([422, "Unreadable"]);
      expect(json.detail).toMatch(/given up.*did not come to an end within 40 ms/);
      await expect.poll(async () => (await ask(words(170))).status, { timeout: 20_000 }).toBe(200);
    } finally {
      await hasty.close();
    }
  }, 60_000);
});

describe("a subject with a long history", () => {
  const OBSERVATIONS = 20_000;

  test("is held against a text without holding up the event loop", async () => {
    const long = await startApiUnderTest();
    try {
      const { db } = long.ledger;
      const { itemId, revisionId } = await storedRevision(db);
      for (let from = 0; from < OBSERVATIONS; from += 1000) {
        const observations = Array.from({ length: 1000 }, (_, place) => ({
          observation: {
            ...figure(`${from + place}:1:text:0`, 105, later(from + place)),
            cluster: String(from + place),
          },
          ...{ itemId, revisionId, clusterId: null, feedId: "tass" },
        }));
        await insertObservations(db, { story: STORY, observations, now: later(OBSERVATIONS + from) });
      }
      const ask = () =>
        long.ask("POST", "/api/v1/analyze", {
          body: {
            text: "At least 170 Armenian soldiers have been killed in the fighting with Azerbaijan this week, Prime Minister Nikol Pashinyan said.",
            published: "2022-09-18T08:00:00Z",
          },
        });
      await ask();
      const stop = watchTurns();
      const { json } = await ask();
      const late = stop();
      expect(json.stories[0].claims[0].alerts).toMatchObject([{ before: { value: 105 }, after: { value: 170 } }]);
      expect(late.at(-1)).toBeLessThan(100);
    } finally {
      await long.close();
    }
  }, 120_000);
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EventShown, StandingShown } from "../../../src/api/story-shown.ts";
import { EXPORTS } from "../../../src/ledger/story-export.ts";
import { type ApiUnderTest, startApiUnderTest } from "./api-under-test.ts";
import { published, tell, toll } from "./told-story.ts";

const STORY = "/api/v1/stories/armenia-azerbaijan";

let api: ApiUnderTest;
let beforeLast: string;
beforeAll(async () => {
  api = await startApiUnderTest();
  await tell(api.ledger.db, "tass", [
    toll("a", 135, "2022-09-16T08:10:00Z"),
    published(
      "formula",
      "=SUM(A1), said nobody",
      'At least 77 Azerbaijani soldiers were killed in the fighting with Armenia, the "Defence Ministry" of Azerbaijan said on Friday.',
      "2022-09-16T08:20:00Z",
    ),
  ]);
  await tell(api.ledger.db, "desk", [toll("b", 135, "2022-09-16T09:00:00Z")]);
  beforeLast = new Date().toISOString();
  await tell(api.ledger.db, "tass", [toll("c", 207, "2022-09-20T10:00:00Z")]);
  await tell(api.ledger.db, "tass", [
    { ...toll("c", 219, "2022-09-20T10:00:00Z"), updatedAt: new Date("2022-09-20T12:00:00Z") },
  ]);
});
afterAll(() => api.close());

const get = (path: string) => api.ask("GET", `${STORY}${path}`);
const standing = (event: EventShown, side: string): StandingShown => {
  const found = event.standings.find((one) => one.side === side);
  if (found === undefined) throw new Error(`no standing of ${side}`);
  return found;
};

describe("an event of the story", () => {
  test("tells what is reported, how sure, by whom, and how it departs from the baseline", async () => {
    const event: EventShown = (await get("/events/armenian-deaths")).json;
    expect(event).toMatchObject({ sameAs: null, keyedBy: "side", baseline: [{ figure: { value: 105 } }] });
    expect(event.observations).toBeGreaterThanOrEqual(4);
    expect(event.alerts).toBeGreaterThanOrEqual(2);
    expect(event.lastPublishedAt).not.toBeNull();
    const armenia = standing(event, "armenia");
    expect(armenia).toMatchObject({
      current: { value: 219, speaker: "pashinyan" },
      measure: "killed",
      party: "armenia",
      departs: "up",
      disputes: [],
      reported: { source: "TASS", tier: 1, lang: "en" },
    });
    expect(armenia.confidence).toBeGreaterThan(0.5);
    expect(armenia.reported?.quote).toContain("219");
  });

  test("is new where the baseline lacks it, and untouched where nothing was reported", async () => {
    const { events }: { events: EventShown[] } = (await get("/events")).json;
    const fresh = events.find(({ id }) => id === "new");
    expect(fresh?.standings.find(({ party }) => party === "azerbaijan")).toMatchObject({
      departs: "new",
      current: { value: 77, qualifier: "at_least" },
      sources: 1,
    });
    expect(events.find(({ id }) => id === "csto-troops")).toMatchObject({
      observations: 0,
      standings: [],
      lastPublishedAt: null,
    });
  });

  test("becomes surer with another source", async () => {
    const { standings } = (await get("/events/armenian-deaths/history")).json;
    const of135 = standings.filter(
      ({ current, side }: StandingShown) => current?.value === 135 && side === "armenia",
    ) as StandingShown[];
    expect(of135.map(({ sources }) => sources)).toEqual([1]);
    expect(of135[0]?.confidence).toBe(0.85);
  });
});

describe("the series of an event", () => {
  test("has the baseline as the first step, each change as a further one, and every observation as a point", async () => {
    const { json } = await get("/events/armenian-deaths/series");
    const own = json.lines.find(({ side }: { side: string }) => side === "armenia");
    expect(own.steps.map(({ state }: { state: { value: number } }) => state.value)).toEqual([105, 135, 207, 219]);
    expect(own.steps[0].observation).toBeNull();
    const ids = new Set(json.points.map(({ id }: { id: string }) => id));
    for (const { observation } of own.steps.slice(1)) expect(ids).toContain(observation);
    const listed = (await api.ask("GET", "/api/v1/observations?event=armenian-deaths")).json.observations;
    expect(json.points.map(({ id }: { id: string }) => id)).toEqual(listed.map(({ id }: { id: string }) => id));
    expect(json.next).toBeNull();
  });

  test("is read in pages, the lines with the first", async () => {
    const first = (await get("/events/armenian-deaths/series?limit=2")).json;
    expect([first.points.length, first.lines.length > 0]).toEqual([2, true]);
    const second = (await get(`/events/armenian-deaths/series?limit=2&after=${first.next}`)).json;
    expect(second.lines).toEqual([]);
    expect(second.points[0].id).not.toBe(first.points[0].id);
  });

  test("can be had in stretches: what says the same comes once with how often, steps that change nothing are left out", async () => {
    const all = (await get("/events/armenian-deaths/series")).json;
    const thin = (await get("/events/armenian-deaths/series?stretch=10080")).json;
    expect(thin.points.length).toBeLessThan(all.points.length);
    const stood = thin.points.reduce((sum: number, { more = 0 }: { more?: number }) => sum + 1 + more, 0);
    expect(stood).toBe(all.points.length);
    const said = (points: { value?: number; speaker: string }[]) =>
      [...new Set(points.map(({ value, speaker }) => `${value} ${speaker}`))].sort();
    expect(said(thin.points)).toEqual(said(all.points));
    const own = thin.lines.find(({ side }: { side: string }) => side === "armenia");
    expect(own.steps.map(({ state }: { state: { value: number } }) => state.value)).toEqual([105, 135, 207, 219]);
    expect((await get("/events/armenian-deaths/series?stretch=0")).status).toBe(400);
  });

  test("has the positions of the baseline, also where nothing was reported since", async () => {
    const { lines, points } = (await get("/events/csto-troops/series")).json;
    expect(lines).toMatchObject([
      { side: "csto", subject: null, steps: [{ state: { position: "declines", speaker: "sidorov" } }] },
    ]);
    expect(points).toEqual([]);
  });

  test("keeps the subjects of what is new apart", async () => {
    const { lines } = (await get("/events/new/series")).json;
    expect(lines.length).toBeGreaterThan(0);
    for (const { subject } of lines) expect(subject).toMatch(/^(figure|statement)\|new\|/);
  });

  test("of nothing is not found", async () => {
    expect((await get("/events/nothing/series")).status).toBe(404);
    expect((await get("/events/armenian-deaths/series?limit=5001")).status).toBe(400);
  });
});

describe("news of a story", () => {
  test("count what came since a time of the ledger's clock", async () => {
    const all = (await get("/news")).json;
    const alerts = (await api.ask("GET", "/api/v1/alerts")).json.alerts.length;
    expect(all.alerts.count).toBe(alerts);
    expect(all.items).toBe(4);
    const late = (await get(`/news?since=${beforeLast}`)).json;
    expect(late.items).toBe(1);
    expect(late.alerts.events).toMatchObject([{ event: "armenian-deaths" }]);
    expect(late.alerts.highest).toBe("critical");
    const none = (await get(`/news?since=${late.until}`)).json;
    expect(none).toMatchObject({ alerts: { count: 0, highest: null, events: [] }, observations: 0, items: 0 });
  });
});

test("the labels of a story name what the API calls by id", async () => {
  const { json } = await get("/labels");
  expect(json.entities.pashinyan).toEqual({ en: "Nikol Pashinyan", ar: "نيكول باشينيان" });
  expect(json.positions.holding.en).toBe("holding");
});

describe("the evidence of an observation", () => {
  test("has the quote in its text, the rules, the claims beside it, revisions, copies, alerts and standings", async () => {
    const { points } = (await get("/events/armenian-deaths/series")).json;
    const edited = points.find(({ value }: { value: number }) => value === 219);
    const { status, json } = await get(`/observations/${encodeURIComponent(edited.id)}/evidence`);
    expect(status).toBe(200);
    expect(json.holds).toBe(true);
    const { field, start, end, quote, revision } = json.observation;
    const at = json.revisions.find(({ id }: { id: string }) => id === revision);
    expect(at[field].slice(start, end)).toBe(quote);
    expect(json.revisions[1].difference.text).toContainEqual({ kind: "added", text: "219" });
    expect(json.claims.map(({ value }: { value: number }) => value)).toEqual(expect.arrayContaining([207, 219]));
    expect(json.rules.length).toBeGreaterThan(0);
    for (const rule of json.rules) expect(rule.start < end && rule.end > start && rule.field === field).toBe(true);
    expect(json.item).toMatchObject({ source: "TASS", tier: 1, url: "https://news.example/c" });
    expect(json.copies.map(({ item }: { item: string }) => item)).toContain(json.item.id);
    expect(json.alerts.length).toBeGreaterThan(0);
    for (const alert of json.alerts) expect(alert.body.data.event).toBe("armenian-deaths");
    const moved = json.standings.find(({ after }: { after: StandingShown }) => after.side === "armenia");
    expect([moved.before.current.value, moved.after.current.value]).toEqual([207, 219]);
  });

  test("is read off the event loop: a text that takes too long leaves the chain without its rules", async () => {
    const hasty = await startApiUnderTest({ reading: { deadlineMs: 40, msACharacter: 0 } });
    try {
      const long = toll("long", 135, "2022-09-16T08:10:00Z");
      await tell(hasty.ledger.db, "tass", [
        { ...long, text: `${long.text}\n\n${"Nobody knew more. ".repeat(30_000)}` },
      ]);
      const { observations } = (await hasty.ask("GET", "/api/v1/observations")).json;
      const url = `${STORY}/observations/${encodeURIComponent(observations[0].id)}/evidence`;
      expect((await hasty.ask("GET", url)).json).toMatchObject({ holds: true, rules: [] });
    } finally {
      await hasty.close();
    }
  });

  test("of nothing is not found", async () => {
    expect((await get("/observations/9:9:text:9/evidence")).status).toBe(404);
    expect((await api.ask("GET", "/api/v1/stories/nowhere/observations/1:1:text:0/evidence")).status).toBe(404);
  });
});

/** The records of a CSV document, as a reader of RFC 4180 takes them. */
function recordsOf(csv: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n)/g)) {
    record.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === ",") continue;
    records.push(record);
    record = [];
  }
  return records;
}

describe("an export", () => {
  test.each(EXPORTS)("of %s says the same as CSV and as JSON Lines", async (what) => {
    const csv = await get(`/export?what=${what}`);
    expect(csv.headers["content-type"]).toBe("text/csv; charset=utf-8; header=present");
    expect(String(csv.headers["content-disposition"])).toMatch(
      new RegExp(`^attachment; filename="armenia-azerbaijan-${what}-\\d{4}-\\d\\d-\\d\\d\\.csv"$`),
    );
    const [header, ...records] = recordsOf(csv.text);
    const jsonl = await get(`/export?what=${what}&format=jsonl`);
    const rows = jsonl.text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows.length).toBeGreaterThanOrEqual(3);
    expect(records).toHaveLength(rows.length);
    for (const [index, row] of rows.entries()) {
      expect(Object.keys(row)).toEqual(header);
      const cells = Object.values(row).map((value) => (value === null ? "" : [value].flat().join("; ")));
      expect(records[index]?.map((cell) => cell.replace(/^'(?=[=+@-])/, ""))).toEqual(cells);
    }
  });

  test("tells its columns beforehand, those of an empty export too", async () => {
    const { exports } = (await get("/exports")).json;
    expect(exports.map(({ what }: { what: string }) => what)).toEqual(EXPORTS);
    for (const { what, columns } of exports)
      expect((await get(`/export?what=${what}`)).text.split("\r\n")[0]).toBe(columns.join(","));
    expect((await api.ask("GET", "/api/v1/stories/nowhere/exports")).status).toBe(404);
  });

  test("never lets a spreadsheet run what an agency wrote", async () => {
    const { text } = await get("/export?what=items");
    expect(text).toContain(`"'=SUM(A1), said nobody"`);
  });

  test("begins with a byte order mark where one is asked for", async () => {
    expect((await get("/export?bom=true")).text.startsWith("\uFEFFid,")).toBe(true);
    expect((await get("/export?bom=false")).text.startsWith("id,")).toBe(true);
  });

  test("has observations whose words stand in the exported items", async () => {
    const lines = async (what: string) =>
      (await get(`/export?format=jsonl&what=${what}`)).text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
    const items = new Map((await lines("items")).map((item) => [item.revision, item]));
    for (const { revision, field, start, end, quote } of await lines("observations"))
      expect(items.get(revision)[field].slice(start, end)).toBe(quote);
  });

  test.each(["what=endpoints", "format=xml", "limit=3"])("refuses %s", async (query) => {
    expect((await get(`/export?${query}`)).status).toBe(400);
    expect((await api.ask("GET", "/api/v1/stories/nowhere/export")).status).toBe(404);
  });
});

import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { searchPlaces, searchWriting } from "../../../src/domain/search/search-words.ts";
import { countUnsearched, fillItemSearch } from "../../../src/ledger/item-search.ts";
import { storePoll } from "../../../src/ledger/items.ts";
import { type ApiUnderTest, startApiUnderTest } from "./api-under-test.ts";
import { configuration, published, tell, toll } from "./told-story.ts";

const writing = searchWriting([...configuration.packs.byIso.values()].map((pack) => pack.writing));
let api: ApiUnderTest;
let now = new Date("2022-09-20T12:00:00Z");

async function fill(limit = 100): Promise<number> {
  return fillItemSearch(api.ledger.db, { limit, now, wordsOf: (revision) => searchPlaces(revision, writing) });
}

async function titles(query: string): Promise<string[]> {
  const { status, json } = await api.ask("GET", `/api/v1/items?${query}`);
  expect(status).toBe(200);
  return json.items.map(({ title }: { title: string }) => title);
}
const search = (line: string, more = ""): Promise<string[]> => titles(`q=${encodeURIComponent(line)}${more}`);

beforeAll(async () => {
  api = await startApiUnderTest();
  await tell(api.ledger.db, "tass", [
    published("ar", "بيان الأمن", "أعلنتِ الوزارة عن هدوءٍ على الحدود، وعاد الجنود إلى الثكنات.", "2022-09-14T08:00:00Z"),
    published("ru", "Ёлка на площади", "В городе зажгли елку; все самолёты вылетели вовремя.", "2022-09-15T08:00:00Z"),
    published("tr", "Iğdır'da hava", "İlçede kar yağışı sürüyor, yollar açık.", "2022-09-16T08:00:00Z"),
    published("hy", "Եղանակը", "Երևանում և Գյումրիում օրը կլինի արևոտ։", "2022-09-17T08:00:00Z"),
    toll("toll", 135, "2022-09-18T08:00:00Z"),
  ]);
  await tell(api.ledger.db, "desk", [
    published("en", "A quiet day", "The border was quiet; a day at the market, nothing else.", "2022-09-19T08:00:00Z"),
  ]);
});
afterAll(() => api.close());

describe("the search is filled behind the pipeline", () => {
  test("in batches, each revision once, and says what it does not have yet", async () => {
    const { json } = await api.ask("GET", "/api/v1/items?q=border");
    expect(json).toMatchObject({ items: [], unsearched: 6 });
    expect(await fill(4)).toBe(4);
    expect(await fill(4)).toBe(2);
    expect(await fill(4)).toBe(0);
    expect(await countUnsearched(api.ledger.db)).toBe(0);
    expect((await api.ask("GET", "/api/v1/items")).json.unsearched).toBeNull();
  });

  test("an edit is searched in place of what stood before", async () => {
    const item = published("edit", "Edited", "The first wording mentions apples.", "2022-09-10T08:00:00Z");
    await storePoll(api.ledger.db, "desk", [item], now);
    await fill();
    expect(await search("apples")).toEqual(["Edited"]);
    await storePoll(api.ledger.db, "desk", [{ ...item, text: "The second wording mentions pears." }], now);
    await fill();
    expect([await search("apples"), await search("pears")]).toEqual([[], ["Edited"]]);
  });

  test("a revision that becomes visible after its successors is found by the next sweep", async () => {
    await storePoll(api.ledger.db, "desk", [published("late", "Late", "plums", "2022-09-10T08:00:00Z")], now);
    await sql`update search_progress set reached = (select max(id) from revisions)`.execute(api.ledger.db);
    for (let sweep = 0; sweep < 2; sweep += 1) {
      now = new Date(now.getTime() + 61_000);
      await fill();
    }
    expect(await search("plums")).toEqual(["Late"]);
  });

  test("two processes at once do the work once, and an emptied search is made anew", async () => {
    await sql`truncate item_search`.execute(api.ledger.db);
    await sql`update search_progress set reached = 0, swept = 0, sweep_to = 0`.execute(api.ledger.db);
    await Promise.all([fill(), fill(), fill()]);
    await fill();
    expect(await search("plums")).toEqual(["Late"]);
  });
});

describe("items are searched", () => {
  test.each([
    ["الامن", "بيان الأمن"],
    ["أعلنت الحدود", "بيان الأمن"],
    ["جُنـــود", "بيان الأمن"],
    ["ёлку", "Ёлка на площади"],
    ["самолет", "Ёлка на площади"],
    ["ЕЛКА", "Ёлка на площади"],
    ["igdir", "Iğdır'da hava"],
    ["yagis", "Iğdır'da hava"],
    ["եւ Գյումրի", "Եղանակը"],
    ["pashinyan 135", "Count goes on"],
  ])("by %s", async (line, title) => {
    expect(await search(line)).toEqual([title]);
  });

  test("by all words, in any order; by a phrase only in a row", async () => {
    expect(await search("market border")).toEqual(["A quiet day"]);
    expect(await search("market apricots")).toEqual([]);
    expect(await search('"border was quiet"')).toEqual(["A quiet day"]);
    expect(await search('"quiet border"')).toEqual([]);
    expect(await search('"day the"')).toEqual([]);
  });

  test("with the hits marked in title and snippet", async () => {
    const { json } = await api.ask("GET", `/api/v1/items?q=${encodeURIComponent("самолет елка")}`);
    const [{ title, titleHits, snippet }] = json.items;
    const cut = (text: string, hits: { start: number; end: number }[]) =>
      hits.map(({ start, end }) => text.slice(start, end));
    expect(cut(title, titleHits)).toEqual(["Ёлка"]);
    expect(cut(snippet.text, snippet.hits)).toEqual(["самолёты"]);
    expect(snippet).toMatchObject({ cutBefore: false, cutAfter: false });
  });

  test.each([
    ["feed=desk", ["Late", "Edited", "A quiet day"]],
    ["lang=ru", ["Ёлка на площади"]],
    ["relevant=true", ["Count goes on"]],
    ["story=armenia-azerbaijan", ["Count goes on"]],
    ["story=another", []],
    ["claims=true", ["Count goes on"]],
    ["event=armenian-deaths", ["Count goes on"]],
    ["event=armenian-deaths&measure=wounded", []],
    ["measure=killed&story=armenia-azerbaijan", ["Count goes on"]],
    ["since=2022-09-17T00:00:00Z&until=2022-09-18T00:00:00Z", ["Եղանակը"]],
    ["q=day&feed=desk&since=2022-09-01T00:00:00Z", ["A quiet day"]],
    ["q=day&feed=tass", []],
    ["q=pashinyan&relevant=false", []],
    ["q=pashinyan&event=armenian-deaths&lang=en", ["Count goes on"]],
  ])("and filtered by %s", async (query, expected) => {
    expect(await titles(query)).toEqual(expected);
  });

  test("in pages, each once", async () => {
    const all = await titles("q=the");
    expect(all.length).toBeGreaterThanOrEqual(3);
    const paged: string[] = [];
    for (let after = ""; ; ) {
      const { json } = await api.ask("GET", `/api/v1/items?q=the&limit=1${after}`);
      paged.push(...json.items.map(({ title }: { title: string }) => title));
      if (json.next === null) break;
      after = `&after=${json.next}`;
    }
    expect(paged).toEqual(all);
  });

  test.each(["q=%20*%20", `q=${"x".repeat(201)}`, "measure=deaths", "since=yesterday", "claims=1"])(
    "and refuse %s with the field that is wrong",
    async (query) => {
      const { status, json } = await api.ask("GET", `/api/v1/items?${query}`);
      expect([status, json.errors[0].field]).toEqual([400, query.split("=")[0]]);
    },
  );

  test.each(["'", "\\", "a'b\\c", "& | !", ":*", "<->", "\0", "'; drop table items; --"])(
    "%j is a line like any other",
    async (line) => {
      const { status } = await api.ask("GET", `/api/v1/items?q=${encodeURIComponent(`word ${line}`)}`);
      expect(status).toBe(200);
    },
  );
});

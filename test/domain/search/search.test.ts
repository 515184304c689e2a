import { describe, expect, test } from "vitest";
import { loadReadingConfiguration } from "../../../src/config/load-configuration.ts";
import { findHits, snippetOf } from "../../../src/domain/search/search-hits.ts";
import { readSearch } from "../../../src/domain/search/search-query.ts";
import { searchPlaces, searchWords, searchWriting } from "../../../src/domain/search/search-words.ts";

const { packs } = loadReadingConfiguration(new URL("../../../config", import.meta.url).pathname);
const writing = searchWriting([...packs.byIso.values()].map((pack) => pack.writing));
const found = (line: string, text: string): string[] =>
  findHits(text, readSearch(line, writing), writing).map(({ start, end }) => text.slice(start, end));

describe("words are found in whatever spelling", () => {
  test.each([
    ["ёлка", "Старая ЕЛКА упала", "ЕЛКА"],
    ["самолет", "Самолёт сел", "Самолёт"],
    ["الامن", "مجلسُ الأَمْن", "الأَمْن"],
    ["أمن", "مجلس الامن", "الامن"],
    ["جنود", "والجنود عادوا", "والجنود"],
    ["حدوديه", "منطقة حدودية", "حدودية"],
    ["بيان", "بيـــان", "بيـــان"],
    ["erdogan", "Erdoğan konuştu", "Erdoğan"],
    ["Erdoğan", "ERDOGAN SPOKE", "ERDOGAN"],
    ["istanbul", "İSTANBUL'da", "İSTANBUL'da"],
    ["siginak", "Sığınakta kaldılar", "Sığınakta"],
    ["eliyev", "Əliyev bildirib", "Əliyev"],
    ["armenie", "en Arménie", "Arménie"],
    ["arménie", "l'Armenie", "Armenie"],
    ["եւ", "Երեւան և Գյումրի", "և"],
    ["1500", "about 1,500 people", "1,500"],
    ["135", "١٣٥ جندياً", "١٣٥"],
  ])("%s in %s", (line, text, hit) => {
    expect(found(line, text)).toEqual([hit]);
  });
});

describe("what a line asks for", () => {
  test("words are found from their beginning on, numbers and short words whole", () => {
    expect(found("Пашинян", "сказал Пашиняну")).toEqual(["Пашиняну"]);
    expect(found("135", "1350 and 135")).toEqual(["135"]);
    expect(found("of", "offer of peace")).toEqual(["of"]);
    expect(found("of*", "offer of peace")).toEqual(["offer", "of"]);
  });

  test.each(['"ceasefire held"', "«ceasefire held»", "“ceasefire held”", "„ceasefire held“"])(
    "words in quotes stand whole and in a row: %s",
    (line) => {
      expect(found(line, "A ceasefire held. The ceasefire is held; ceasefire holds")).toEqual(["ceasefire held"]);
    },
  );

  test("words and phrases together, in order and apart", () => {
    const terms = readSearch('border "prime minister" 49', writing);
    expect(terms.map(({ keys }) => keys)).toEqual([["prime", "minister"], ["border"], ["49"]]);
    expect(found("prime minist prime", "Prime minister")).toEqual(["Prime", "minister"]);
  });

  test("a line without a word asks for nothing, and a long one for its first words", () => {
    expect(readSearch(' … "" * - ', writing)).toEqual([]);
    expect(readSearch("word ".repeat(40), writing)).toHaveLength(12);
  });

  test("letters alone do not count beside words: an article that is cut off is no word", () => {
    expect(readSearch("l'Arménie", writing).map(({ keys }) => keys[0])).toEqual(["armenie"]);
    expect(readSearch("x", writing)).toEqual([{ keys: ["x"], open: false }]);
  });
});

describe("places", () => {
  test("no phrase reaches from the title into the text", () => {
    const places = searchPlaces({ title: "Border calm", text: "Calm border" }, writing);
    expect(places.get("calm")).toEqual([2, 5]);
    expect(places.get("border")).toEqual([1, 6]);
  });

  test("a very long text is cut, not slow", () => {
    const text = "слово ".repeat(200_000);
    expect(searchWords(text, writing).length).toBeLessThan(4_000);
  });
});

describe("snippets", () => {
  const text = `${"Nothing of note happened here. ".repeat(20)}At the border the ceasefire held. ${"More words follow. ".repeat(30)}`;
  test("show the piece with most of the words, cut at words", () => {
    const snippet = snippetOf(text, readSearch("ceasefire border", writing), { length: 200, writing });
    expect(snippet).toMatchObject({ cutBefore: true, cutAfter: true });
    expect(snippet.hits.map(({ start, end }) => snippet.text.slice(start, end))).toEqual(["border", "ceasefire"]);
    expect(snippet.text.length).toBeLessThanOrEqual(200);
    expect(text).toContain(` ${snippet.text} `);
  });

  test("show the beginning where nothing is asked for", () => {
    expect(snippetOf("Short.", [], { length: 200, writing })).toEqual({
      text: "Short.",
      hits: [],
      cutBefore: false,
      cutAfter: false,
    });
  });
});

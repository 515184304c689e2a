import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { readersOf, registerEval } from "../../src/commands/eval.ts";
import type { Item } from "../../src/domain/item.ts";
import { evaluate, type ScoreRow } from "../../src/evaluation/evaluate.ts";

const folder = mkdtempSync(join(tmpdir(), "rasid-eval-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const lines = (rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join("\n");
const figure = { event: "armenian-deaths", measure: "killed", party: "armenia", qualifier: "exact", quote: "x" };
const TOLL = "Pashinyan said that 120 Armenian soldiers were killed in this week's clashes with Azerbaijan";

const ITEMS = [
  // Right in every respect.
  {
    id: "right",
    lang: "en",
    title: "",
    text: `${TOLL}.`,
    published: "2022-09-16",
    relevant: true,
    figures: [{ ...figure, value: 120 }],
    statements: [],
    dup_group: "toll",
  },
  // A copy of it whose labels are wrong on purpose: another value, another event of none, a statement that is not there.
  {
    id: "wrong",
    lang: "en",
    title: "",
    text: `${TOLL}, in a speech to the parliament.`,
    published: "2022-09-16",
    relevant: true,
    figures: [{ ...figure, value: 121 }],
    statements: [{ event: "martial-law", position: "rejects" }],
    dup_group: "toll",
  },
  {
    id: "other",
    lang: "fr",
    title: "",
    text: "Trois buts ont suffi à l'équipe de Lyon pour gagner le match de dimanche.",
    published: "2022-09-16",
    relevant: false,
    figures: [],
    not_dup_of: ["right"],
  },
];

function write(): string {
  const dir = mkdtempSync(join(folder, "set-"));
  writeFileSync(join(dir, "story-items.jsonl"), lines(ITEMS));
  writeFileSync(
    join(dir, "current-events.jsonl"),
    lines([
      {
        id: "c1",
        date: "2020-10-03",
        text: "Armenia and Azerbaijan trade fire over Nagorno-Karabakh.",
        label: "story",
      },
      { id: "c2", date: "2020-10-03", text: "A storm floods villages in southern France.", label: "other" },
      { id: "c3", date: "2020-10-03", text: "Azerbaijan holds an election.", label: "check" },
    ]),
  );
  writeFileSync(
    join(dir, "numbers.jsonl"),
    lines([
      { id: "n1", lang: "en", text: "He bought forty-two apples.", numbers: [{ value: 42 }] },
      { id: "n2", lang: "en", text: "He bought 17 pears.", numbers: [{ value: 18 }] },
      { id: "n3", lang: "fr", text: "Il a vendu 1 200 poires.", numbers: [{ value: "1200" }] },
    ]),
  );
  writeFileSync(
    join(dir, "parallel-news.jsonl"),
    lines([
      {
        id: "p1",
        doc: "d",
        en: "The town has 300 houses.",
        ar: "في البلدة 300 منزل.",
        ru: "В городе 300 домов.",
        tr: "Kasabada 300 ev var.",
        fr: "La ville compte 300 maisons.",
        hy: "Քաղաքում կա 300 տուն։",
        az: "Şəhərdə 400 ev var.",
      },
      { id: "p2", doc: "d", en: "No number here.", ar: "", ru: "", tr: "", fr: "7", hy: "", az: "" },
    ]),
  );
  mkdirSync(join(dir, "feeds"));
  writeFileSync(
    join(dir, "feeds", "a.xml"),
    "<rss version='2.0'><channel><item><title>T</title><link>https://x.example/1</link></item></channel></rss>",
  );
  writeFileSync(join(dir, "feeds", "a.json"), JSON.stringify({ items: [{ title: "T", link: "https://x.example/2" }] }));
  return dir;
}

const scoreOf = (rows: readonly ScoreRow[], part: string, of: string) =>
  rows.find((row) => row.part === part && row.of === of)?.score;

describe("the table of scores", async () => {
  const notes: string[] = [];
  const { rows, leftOut } = await evaluate(write(), readersOf("config"), { note: (line) => notes.push(line) });
  const score = (part: string, of: string) => scoreOf(rows, part, of);

  it("scores what was read of items", () => {
    expect(score("relevance", "all")).toBe(1);
    // One of two labels found, and one number read that no label has.
    expect(rows.find(({ part, of }) => part === "figures" && of === "all")).toMatchObject({
      score: 0.5,
      detail: "F1; precision 0.5, recall 0.5; 1 of 2, 2 read",
    });
    expect([score("figures", "event"), score("figures", "qualifier")]).toEqual([1, 1]);
    expect(score("figures", "false updates")).toBe(1);
    expect(score("statements", "all")).toBe(0);
    expect(score("quotes", "exact")).toBe(1);
  });

  it("names every miss", () => {
    expect(notes).toContain("figure missed wrong en: killed|armenia|121 «x»");
    expect(notes).toContain("statement missed wrong en: martial-law|rejects");
    expect(notes.some((line) => line.startsWith("false update wrong armenian-deaths killed|armenia|120"))).toBe(true);
  });

  it("scores copies and look-alikes", () => {
    expect([score("copies", "found"), score("copies", "look-alikes merged")]).toEqual([1, 0]);
  });

  it("leaves event summaries out that need judgement", () => {
    expect(rows.filter(({ part }) => part === "current events")).toMatchObject([
      { of: "other kept out", score: 1, detail: "1 summaries" },
      { of: "story found", score: 1, detail: "1 summaries" },
    ]);
  });

  it("scores numbers by language, and languages against English where it has a number", () => {
    expect([score("numbers", "en"), score("numbers", "fr")]).toEqual([0.5, 1]);
    expect(["ar", "az", "fr", "hy", "ru", "tr"].map((lang) => score("parallel", lang))).toEqual([1, 0, 1, 1, 1, 1]);
    expect(rows.find(({ part, of }) => part === "parallel" && of === "fr")?.detail).toBe("1 of 1");
  });

  it("scores feeds", () => {
    expect(score("feeds", "fields")).toBe(0.5);
    expect(leftOut).toEqual([]);
  });
});

describe("what the readers get", () => {
  it("is the item without its labels", async () => {
    const seen: Item[] = [];
    const readers = readersOf("config");
    const analyze = (item: Item) => {
      seen.push(item);
      return readers.analyze(item);
    };
    const dir = write();
    await evaluate(dir, { ...readers, analyze }, { note: () => {} });
    expect(new Set(seen.flatMap(Object.keys))).toEqual(new Set(["id", "text", "title", "published", "lang"]));
    expect(seen).toHaveLength(6);
  });

  it("is of the wanted languages alone", async () => {
    const { rows } = await evaluate(write(), readersOf("config"), { languages: ["fr"], note: () => {} });
    expect(scoreOf(rows, "figures", "en")).toBeUndefined();
    expect(scoreOf(rows, "numbers", "en")).toBeUndefined();
    expect(scoreOf(rows, "relevance", "fr")).toBe(0);
  });
});

describe("rasid eval", () => {
  async function run(...words: string[]): Promise<string> {
    let written = "";
    vi.spyOn(console, "log").mockImplementation((text: string) => {
      written += text;
    });
    const program = new Command().exitOverride();
    registerEval(program);
    await program.parseAsync(["node", "rasid", "eval", ...words]);
    return written;
  }

  it("says what it left out", async () => {
    const dir = mkdtempSync(join(folder, "set-"));
    writeFileSync(
      join(dir, "numbers.jsonl"),
      lines([{ id: "n", lang: "en", text: "12 pears", numbers: [{ value: 12 }] }]),
    );
    const table = await run(dir);
    expect(table).toMatch(/^numbers +en +1 +1 of 1$/m);
    for (const part of ["story-items.jsonl", "current-events.jsonl", "parallel-news.jsonl", "feeds"])
      expect(table).toContain(`left out: ${part}`);
  });

  it("says where a line has no label, and when there is no folder", async () => {
    const dir = mkdtempSync(join(folder, "set-"));
    writeFileSync(join(dir, "numbers.jsonl"), lines([{ id: "n", lang: "en", text: "12 pears" }]));
    await expect(run(dir)).rejects.toThrow(/numbers\.jsonl:1: field numbers/);
    await expect(run(join(dir, "none"))).rejects.toThrow("there is no folder");
  });
});

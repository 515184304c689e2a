import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { loadLanguages } from "../../../src/config/load-languages.ts";
import { loadStory } from "../../../src/config/load-story.ts";
import { readSpeakers } from "../../../src/domain/claims/attribution.ts";
import type { Statement } from "../../../src/domain/claims/claim.ts";
import { extractStatements } from "../../../src/domain/claims/statements.ts";
import { readContext } from "../../../src/domain/read-context.ts";

const root = join(import.meta.dirname, "../../..");
const golden = join(root, "test/golden");
const packs = loadLanguages(join(root, "config"));
const story = loadStory(join(root, "config"), "armenia-azerbaijan");
/** Topics of narration: read beside every position, so that golden sentences need not repeat them. */
const NARRATION = new Set(["clashes-start", "severity"]);

const sentences = z.array(z.strictObject({ say: z.string(), on: z.iso.date(), take: z.array(z.string()) }));

/** One sentence alone may not show that it is about the story, so that is given. */
function statementsOf(
  lang: string,
  text: string,
  published: string | null,
  { title = "", relevant = true } = {},
): readonly Statement[] {
  const read = readContext({ id: "golden", title, text, published, lang }, { packs, story });
  const context = { ...read, relevance: { ...read.relevance, relevant } };
  return extractStatements(context, readSpeakers(context)).statements;
}

const inWords = (statements: readonly Statement[]): string[] =>
  statements
    .filter(({ event }) => !NARRATION.has(event ?? ""))
    .map(({ event, position, speaker }) => `${event} ${position} ${speaker}`)
    .sort();

for (const iso of readdirSync(golden).filter((name) => existsSync(join(golden, name, "statements.yaml")))) {
  describe(`statements of golden sentences: ${iso}`, () => {
    const file = parse(readFileSync(join(golden, iso, "statements.yaml"), "utf8"));
    for (const { say, on, take } of sentences.parse(file)) {
      test(`${say} (${on})`, () => {
        const found = statementsOf(iso, say, on);
        expect(inWords(found)).toEqual([...take].sort());
        for (const { quote, start, end } of found) expect(quote).toBe(say.slice(start, end));
      });
    }
  });
}

describe("which happening a statement speaks of", () => {
  test("the same words mean the truce of the day before on the 14th and the second one from the 23rd on", () => {
    const say = "Armenia accused Azerbaijan of violating the ceasefire.";
    expect(inWords(statementsOf("en", say, "2022-09-14"))).toEqual(["ceasefire-13-september violated armenia"]);
    expect(inWords(statementsOf("en", say, "2022-09-23"))).toEqual(["ceasefire-14-september violated armenia"]);
  });

  test("a truce of another year is left out, however fresh the item", () => {
    expect(statementsOf("en", "Armenia and Azerbaijan agreed a ceasefire in July 2020.", "2022-09-15")).toEqual([]);
  });

  test("a truce in an item about something else is none of the story's", () => {
    const say = "Both sides agreed on a ceasefire from Friday evening.";
    expect(statementsOf("en", say, "2022-09-17", { relevant: false }).map(({ event }) => event)).toEqual([null]);
  });

  test("an item from outside the story's window says nothing about it without a date of its own", () => {
    expect(statementsOf("en", "Pashinyan said there was no need for martial law.", "2024-03-01")).toEqual([]);
  });

  test("the hour tells the truce where the day of publication would mislead", () => {
    const say = "Moscow announced a ceasefire from 9 a.m. Moscow time.";
    expect(inWords(statementsOf("en", say, "2022-09-15"))).toEqual(["ceasefire-13-september announced russia"]);
  });
});

describe("what a statement carries", () => {
  test("a topic goes on in the sentence after it", () => {
    const text = "Armenia has announced a ceasefire. Baku has not commented so far.";
    expect(inWords(statementsOf("en", text, "2022-09-15"))).toEqual([
      "ceasefire-14-september announced armenia",
      "ceasefire-14-september unconfirmed azerbaijan",
    ]);
  });

  test("one statement per event, position and speaker, with the title's words first", () => {
    const found = statementsOf("en", "Pashinyan said there is no need for martial law.", "2022-09-16", {
      title: "Pashinyan: no need for martial law",
    });
    expect(
      found.filter(({ event }) => event === "martial-law").map(({ field, position }) => [field, position]),
    ).toEqual([["title", "rejects"]]);
  });
});

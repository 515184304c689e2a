import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { loadLanguages } from "../../../src/config/load-languages.ts";
import { loadStory } from "../../../src/config/load-story.ts";
import { extractFigures } from "../../../src/domain/claims/figures.ts";
import { readContext } from "../../../src/domain/read-context.ts";

const root = join(import.meta.dirname, "../../..");
const golden = join(root, "test/golden");
const packs = loadLanguages(join(root, "config"));
const story = loadStory(join(root, "config"), "armenia-azerbaijan");

const expectedFigure = z.strictObject({
  measure: z.string(),
  party: z.string(),
  value: z.number().nullable(),
  qualifier: z.string(),
  role: z.string(),
  civilian: z.boolean().optional(),
  quote: z.string().optional(),
  event: z.string().nullable().optional(),
  correction: z.boolean().default(false),
});
const sentences = z.array(
  z.strictObject({
    text: z.string(),
    published: z.string().default("2022-09-16T08:00:00Z"),
    figures: z.array(expectedFigure),
  }),
);
const silent = z.array(z.strictObject({ lang: z.string(), text: z.string() }));

/** One sentence alone may not show that it is about the story, so that is given. */
function figuresOf(lang: string, text: string, published = "2022-09-16T08:00:00Z") {
  const context = readContext({ id: "golden", title: "", text, published, lang }, { packs, story });
  return extractFigures({ ...context, relevance: { relevant: true, score: 1, evidence: [] } }).figures;
}

const byValue = (a: { measure: string; value: number | null }, b: { measure: string; value: number | null }): number =>
  a.measure.localeCompare(b.measure) || (a.value ?? 0) - (b.value ?? 0);

for (const iso of readdirSync(golden).filter((name) => existsSync(join(golden, name, "figures.yaml")))) {
  describe(`figures of golden sentences: ${iso}`, () => {
    for (const { text, published, figures } of sentences.parse(
      parse(readFileSync(join(golden, iso, "figures.yaml"), "utf8")),
    )) {
      test(text, () => {
        const found = figuresOf(iso, text, published);
        const expected = [...figures].sort(byValue);
        expect(
          [...found]
            .sort(byValue)
            .map(({ measure, party, value, qualifier, role }) => ({ measure, party, value, qualifier, role })),
        ).toEqual(
          expected.map(({ measure, party, value, qualifier, role }) => ({ measure, party, value, qualifier, role })),
        );
        for (const [index, figure] of [...found].sort(byValue).entries()) {
          expect(figure.quote).toBe(text.slice(figure.start, figure.end));
          const { civilian, quote, event, correction } = expected[index]!;
          expect(figure.correction ?? false).toBe(correction);
          if (event !== undefined) expect(figure.event).toBe(event);
          if (civilian !== undefined) expect(figure.civilian).toBe(civilian);
          if (quote !== undefined) expect(figure.quote).toBe(quote);
        }
      });
    }
  });
}

describe("numbers that are no figures", () => {
  for (const { lang, text } of silent.parse(parse(readFileSync(join(golden, "silent.yaml"), "utf8")))) {
    test(text, () => {
      expect(figuresOf(lang, text).filter((figure) => figure.measure !== "other")).toEqual([]);
    });
  }
});

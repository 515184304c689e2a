import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { compileFigures, figuresSchema } from "../../src/config/figures-schema.ts";
import { ConfigError, readYaml } from "../../src/config/read-yaml.ts";
import { foldText } from "../../src/domain/language/folding.ts";
import { tokenize } from "../../src/domain/language/tokens.ts";

const writing = { prefixes: [], minimumStem: 2, elisions: new Set<string>(), hyphenEndings: new Set<string>() };
const wordOf = (text: string) => tokenize(foldText(text), writing)[0]!.word;

const folder = mkdtempSync(join(tmpdir(), "rasid-figures-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const file = join(folder, "figures.yaml");
  writeFileSync(file, text);
  return readYaml(file, figuresSchema);
}

function mistakesOf(text: string) {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes.map(({ line, field }) => ({ line, field }));
  }
  return [];
}

test("an empty file is a language without figure words", () => {
  const cues = compileFigures(figuresSchema.parse({}));
  expect(cues.match([])).toEqual([]);
  expect(cues.isAnother(wordOf("another"))).toBe(false);
});

test("a group with a space in it is refused with its line and field", () => {
  const text = "measures:\n  killed:\n    after: [died, (laid down|gave) their lives]\n";
  expect(mistakesOf(text)).toEqual([{ line: 3, field: "measures.killed.after.1" }]);
});

test("a star inside a word is refused", () => {
  expect(mistakesOf("people:\n  military: [sol*ier]\n")).toEqual([{ line: 2, field: "people.military.0" }]);
});

test("a name that nothing reads is told with its own line", () => {
  expect(mistakesOf("people:\n  military: [soldier]\nkilld: [died]\n")).toEqual([{ line: 3, field: "killd" }]);
});

test("an unknown measure is refused", () => {
  expect(mistakesOf("measures:\n  frozen: { after: [froze] }\n")).not.toEqual([]);
});

test("the first words of «another» are known, group or not", () => {
  const cues = compileFigures(read("frames:\n  another: [(un|une) autre, encore un]\n"));
  expect(["un", "une", "encore", "autre"].map((word) => cues.isAnother(wordOf(word)))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

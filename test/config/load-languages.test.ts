import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadLanguages } from "../../src/config/load-languages.ts";
import { ConfigError } from "../../src/config/read-yaml.ts";
import { readField } from "../../src/domain/language/read-item.ts";

const config = fileURLToPath(new URL("../../config", import.meta.url));

describe("the languages of the project", () => {
  const packs = loadLanguages(config);

  it("has a pack for every folder", () => {
    expect([...packs.byIso.keys()].sort()).toEqual(readdirSync(join(config, "languages")).sort());
  });

  it.each(["en", "ar", "ru", "tr", "fr", "hy", "az"])("reads number words, abbreviations and contexts in %s", (iso) => {
    const { numbers, writing } = packs.byIso.get(iso)!;
    expect(numbers.entries.size).toBeGreaterThan(60);
    expect(writing.abbreviations.size).toBeGreaterThan(0);
    for (const matcher of [numbers.before, numbers.after]) expect(typeof matcher).toBe("function");
  });

  it("has one pack for all other languages, which knows no words", () => {
    expect(packs.other.numbers.entries.size).toBe(0);
  });
});

describe("a language added as data", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rasid-languages-"));
    mkdirSync(join(folder, "languages", "sw"), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (part: string, text: string): void =>
    writeFileSync(join(folder, "languages", "sw", `${part}.yaml`), text);

  it("is detected and read without a change of code", () => {
    write("writing", "name: Swahili\nscript: latin\nfunction: [ya, na, wa, kwa]\n");
    write(
      "numbers",
      "words:\n  5: tano\n  100: mia\n  20: ishirini\njoiners: [na]\njoinedSmall: [5]\nafter:\n  date: [Septemba]\n",
    );
    const packs = loadLanguages(folder);
    expect(packs.detect("askari ya na wa kwa")).toBe("sw");
    const text = "askari mia na tano, 13 Septemba";
    const { numbers } = readField("text", text, packs.byIso.get("sw")!);
    expect(numbers.map(({ value, notFigure }) => [value, notFigure])).toEqual([
      [105, null],
      [13, "date"],
    ]);
  });

  it("says what may stand where a setting is not what it should be", () => {
    write("numbers", 'decimal: ","\nthousands: ". "\n');
    const load = () => loadLanguages(folder);
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/numbers\.yaml:2 thousands: full stops and commas/);
  });

  it("may lack every file", () => {
    const { numbers } = loadLanguages(folder).byIso.get("sw")!;
    expect(numbers.entries.size).toBe(0);
  });

  it.each([
    ["numbers", "decimal: ','\nwords:\n  five: tano\n", "words.five", 3],
    ["numbers", "after:\n  date: [x]\n  weather: [y]\n", "after", 1],
    ["numbers", "decimel: ','\n", "decimel", 1],
    ["writing", "name: Swahili\nscript: runes\n", "script", 2],
    ["writing", "name: Swahili\nendings: [abcd]\n", "endings.0", 2],
  ])("has mistakes in %s told with file, line and field: %j", (part, text, field, line) => {
    write(part, text);
    try {
      loadLanguages(folder);
      expect.unreachable("the mistake must be told");
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      const [mistake] = (error as ConfigError).mistakes;
      expect(mistake!.file).toContain(join("sw", `${part}.yaml`));
      expect(`${mistake!.field} ${mistake!.problem}`).toContain(field.split(".").at(-1));
      expect(Math.abs(mistake!.line - line)).toBeLessThanOrEqual(2);
    }
  });

  it("has a phrase that cannot be matched told by name", () => {
    write("numbers", "after:\n  date: ['..3']\n");
    expect(() => loadLanguages(folder)).toThrow("..3");
  });
});

import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadLanguages } from "../../../src/config/load-languages.ts";
import { foldText } from "../../../src/domain/language/folding.ts";
import { packOf } from "../../../src/domain/language/read-item.ts";
import { tokenize } from "../../../src/domain/language/tokens.ts";

const packs = loadLanguages(fileURLToPath(new URL("../../../config", import.meta.url)));
const tokensOf = (iso: string, text: string) => tokenize(foldText(text), packOf(iso, packs).writing);

/** Tokens as "gap folded+suffix", the gap " " left out. */
function shape(iso: string, text: string): string[] {
  return tokensOf(iso, text).map(({ gap, folded, suffix }, index) => {
    const before = index === 0 || gap === " " ? "" : gap === "" ? "_" : gap === "\n" ? "/" : gap;
    return `${before}${folded}${suffix === "" ? "" : `+${suffix}`}`;
  });
}

describe("tokens", () => {
  it.each([
    ["en", "The ministry's 1,500 men.", ["the", "ministry+s", "1,500", "men", "_."]],
    ["en", "a 44-day war, 25-year-old", ["a", "44", "-day", "war", "_,", "25", "-year", "-old"]],
    ["en", "the 22nd and COP29", ["the", "22", "_nd", "and", "cop", "_29"]],
    ["en", "“stop” at 20:00\nnow", ["“", "_stop", "_”", "at", "20:00", "/now"]],
    ["fr", "l'armée aujourd’hui", ["l", "'armée", "aujourd", "'hui"]],
    ["tr", "Ermenistan'ın 135'e", ["ermenistan+in", "135+e"]],
    ["tr", "BAKÜ'NÜN kararı", ["bakü+nün", "karari"]],
    ["hy", "71-ը և 44-օրյա", ["71+ը", "եւ", "44", "-օրյա"]],
    ["az", "2020-ci ildə 6-dan", ["2020+ci", "ildə", "6+dan"]],
    ["ru", "63-й, 10-км, Су-25", ["63+й", "_,", "10", "-км", "_,", "су", "-25"]],
    ["ar", "الـ22 و64 جنديًا", ["ال", "_22", "و", "_64", "جنديا"]],
    ["it", "dell'Armenia", ["dell", "'armenia"]],
    ["en", "dell'Armenia", ["dell", "'armenia"]],
    ["en", "🕊 peace 🕊🕊", ["🕊", "peace", "🕊", "_🕊"]],
  ])("%s: %s", (iso, text, expected) => {
    expect(shape(iso, text)).toEqual(expected);
  });

  it("looks Arabic words up without their clitics too", () => {
    const [word] = tokensOf("ar", "والجنود");
    expect(word!.forms).toEqual(expect.arrayContaining(["والجنود", "الجنود", "جنود"]));
  });

  it("ends the stem before the suffix", () => {
    const [token] = tokensOf("tr", "135'e ulaştı");
    expect([token!.stemEnd, token!.end]).toEqual([3, 5]);
  });

  it("covers every visible character exactly once", () => {
    const letters = fc.constantFrom(..."aбدհ19.,:-' \n«»٣é\u0301\u200f'".split(""), "🕊");
    fc.assert(
      fc.property(fc.constantFrom("en", "ar", "hy", "tr", "xx"), fc.array(letters, { maxLength: 40 }), (iso, parts) => {
        const text = parts.join("");
        let at = 0;
        for (const { start, stemEnd, end } of tokensOf(iso, text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(stemEnd).toBeGreaterThan(start);
          expect(end).toBeGreaterThanOrEqual(stemEnd);
          expect(text.slice(at, start)).toMatch(/^[\s\p{M}\u200f'’-]*$/u);
          at = end;
        }
        expect(text.slice(at)).toMatch(/^[\s\p{M}\u200f]*$/u);
      }),
      { numRuns: 500 },
    );
  });
});

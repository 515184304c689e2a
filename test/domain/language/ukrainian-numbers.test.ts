import { join } from "node:path";
import { expect, test } from "vitest";
import { loadLanguages } from "../../../src/config/load-languages.ts";
import { readField } from "../../../src/domain/language/read-item.ts";

// Ukrainian is read by data alone: its numbers are spelled out here from its grammar, and read back.

const pack = loadLanguages(join(import.meta.dirname, "../../../config")).byIso.get("uk")!;

const CASES = ["nominative", "genitive", "dative", "instrumental", "locative"] as const;
type Forms = readonly [string, string, string, string, string];

/** Numerals from five on: stem, «-ти», «-тьох», «-тьом», «-тьома». */
const upwards = (nominative: string, stem: string): Forms => [
  nominative,
  `${stem}и`,
  `${stem}ьом`,
  `${stem}ьома`,
  `${stem}ьох`,
];
const UNITS: readonly Forms[] = [
  ["нуль", "нуля", "нулю", "нулем", "нулю"],
  ["один", "одного", "одному", "одним", "одному"],
  ["два", "двох", "двом", "двома", "двох"],
  ["три", "трьох", "трьом", "трьома", "трьох"],
  ["чотири", "чотирьох", "чотирьом", "чотирма", "чотирьох"],
  upwards("п'ять", "п'ят"),
  ["шість", "шести", "шістьом", "шістьома", "шістьох"],
  ["сім", "семи", "сімом", "сімома", "сімох"],
  ["вісім", "восьми", "вісьмом", "вісьмома", "вісьмох"],
  upwards("дев'ять", "дев'ят"),
  upwards("десять", "десят"),
  ..."одинадцят дванадцят тринадцят чотирнадцят п'ятнадцят шістнадцят сімнадцят вісімнадцят дев'ятнадцят"
    .split(" ")
    .map((stem) => upwards(`${stem}ь`, stem)),
];
const TENS: readonly (Forms | null)[] = [
  null,
  null,
  upwards("двадцять", "двадцят"),
  upwards("тридцять", "тридцят"),
  ["сорок", "сорока", "сорока", "сорока", "сорока"],
  ...["п'ятдесят", "шістдесят", "сімдесят", "вісімдесят"].map((stem) => upwards(stem, stem)),
  ["дев'яносто", "дев'яноста", "дев'яноста", "дев'яноста", "дев'яноста"],
];
const HUNDREDS: readonly (Forms | null)[] = [
  null,
  ["сто", "ста", "ста", "ста", "ста"],
  ["двісті", "двохсот", "двомстам", "двомастами", "двохстах"],
  ["триста", "трьохсот", "трьомстам", "трьомастами", "трьохстах"],
  ["чотириста", "чотирьохсот", "чотирьомстам", "чотирмастами", "чотирьохстах"],
  ["п'ятсот", "п'ятисот", "п'ятистам", "п'ятьмастами", "п'ятистах"],
  ["шістсот", "шестисот", "шестистам", "шістьмастами", "шестистах"],
  ["сімсот", "семисот", "семистам", "сьомастами", "семистах"],
  ["вісімсот", "восьмисот", "восьмистам", "вісьмастами", "восьмистах"],
  ["дев'ятсот", "дев'ятисот", "дев'ятистам", "дев'ятьмастами", "дев'ятистах"],
];
const ONE_FEMININE: Forms = ["одна", "однієї", "одній", "однією", "одній"];
const THOUSAND = {
  one: ["тисяча", "тисячі", "тисячі", "тисячею", "тисячі"],
  few: "тисячі",
  many: ["тисяч", "тисяч", "тисячам", "тисячами", "тисячах"],
};
const MILLION = {
  one: ["мільйон", "мільйона", "мільйону", "мільйоном", "мільйоні"],
  few: "мільйони",
  many: ["мільйонів", "мільйонів", "мільйонам", "мільйонами", "мільйонах"],
};

const words = (...parts: string[]): string => parts.filter((part) => part !== "").join(" ");

function below1000(value: number, at: number, feminine: boolean): string {
  const small = value % 100 < 20 ? value % 100 : value % 10;
  const ten = value % 100 < 20 ? null : TENS[Math.floor((value % 100) / 10)]!;
  const unit =
    feminine && small === 1 ? ONE_FEMININE[at]! : feminine && small === 2 && at === 0 ? "дві" : UNITS[small]![at]!;
  return words(value >= 100 ? HUNDREDS[Math.floor(value / 100)]![at]! : "", ten?.[at] ?? "", small === 0 ? "" : unit);
}

function counted(value: number, at: number, noun: typeof THOUSAND): string {
  const small = value % 100 < 20 ? value % 100 : value % 10;
  if (small === 1) return noun.one[at]!;
  return at === 0 && small >= 2 && small <= 4 ? noun.few : noun.many[at]!;
}

function spell(value: number, at: number): string {
  if (value === 0) return UNITS[0]![at]!;
  const [millions, thousands] = [Math.floor(value / 1_000_000), Math.floor(value / 1000) % 1000];
  return words(
    millions ? words(below1000(millions, at, false), counted(millions, at, MILLION)) : "",
    thousands ? words(below1000(thousands, at, true), counted(thousands, at, THOUSAND)) : "",
    below1000(value % 1000, at, false),
  );
}

function sampleValues(): number[] {
  const values = Array.from({ length: 1100 }, (_, value) => value);
  let seed = 11;
  for (let count = 0; count < 800; count += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    values.push(seed % 10_000_000);
  }
  return values;
}

test.each(CASES.map((name, at) => ({ name, at })))("numbers spelled out in the $name", ({ at }) => {
  const misread = sampleValues()
    .map((value) => ({ value, spelled: spell(value, at) }))
    .filter(({ value, spelled }) => {
      const [only, ...others] = readField("text", spelled, pack).numbers;
      return !(only?.value === value && only.start === 0 && only.end === spelled.length && others.length === 0);
    });
  expect(misread).toEqual([]);
});

test("the apostrophe may be typographic", () => {
  expect(readField("text", "п’ять тисяч п’ятсот", pack).numbers.map(({ value }) => value)).toEqual([5500]);
  expect(readField("text", "дев\u02bcять", pack).numbers.map(({ value }) => value)).toEqual([9]);
});

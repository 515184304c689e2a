import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Namer } from "../../src/web/parts/claims/use-labels.ts";
import { arabicReason, arabicRule, FACTORS_ARABIC, REASONS_ARABIC } from "../../src/web/parts/reading/rule-words.ts";

const at = (path: string) => new URL(`../../${path}`, import.meta.url);
const NAMES: Namer = { title: null, entity: (id) => id, position: (id) => `<${id}>`, topic: (id) => `[${id}]` };

const code = [
  ...readdirSync(at("src/domain/claims/"), { recursive: true })
    .map((name) => `src/domain/claims/${String(name)}`)
    .filter((path) => path.endsWith(".ts")),
  "src/domain/baseline/match-event.ts",
  "src/domain/classify/happening.ts",
]
  .map((path) => readFileSync(at(path), "utf8"))
  .join("\n");

test("every reason that a rule of a trace can give is said in Arabic too", () => {
  for (const reason of Object.keys(REASONS_ARABIC)) expect(code, reason).toContain(`"${reason}"`);
  const told = [...code.matchAll(/(?:because[:=]? [^;]{0,60}?|lineOf\([^;]{0,120}?)"([a-z][^"]* [^"]* [^"]*)"/g)];
  const reasons = told.map(([, reason]) => reason as string);
  expect(reasons.length).toBeGreaterThan(35);
  expect(reasons.filter((reason) => arabicReason(reason, NAMES) === null && reason !== "not a figure")).toEqual([]);
});

test.each([
  ["killed of armenia, published on 2022-09-13", "قتلى أرمينيا، نُشر في 13 سبتمبر 2022"],
  ["killed of azerbaijan, на этой неделе", "قتلى أذربيجان، «\u2068на этой неделе\u2069»"],
  ["the clause says that it is previous", "تقول العبارة إنه: حصيلة سابقة"],
  ["it is a year", "هو: سنة"],
  ["it is an age", "هو: عمر"],
  ["signs of ceasefire", "دلائل على: [ceasefire]"],
  ["published 2022-11-02, no date in the text", "نُشر في 2 نوفمبر 2022 ولا تاريخ في النص"],
])("%s", (reason, arabic) => {
  expect(arabicReason(reason, NAMES)).toBe(arabic);
});

test("words of a text are left as they are", () => {
  expect(arabicReason("bu hafta", NAMES)).toBeNull();
});

test("rules are called by what they read", () => {
  expect(arabicRule("killed of armenia", NAMES)).toBe("قتلى أرمينيا");
  expect(arabicRule("statement ceasefire confirmed", NAMES)).toBe("[ceasefire]: <confirmed>");
  expect(arabicRule("not a figure", NAMES)).toBe("ليس رقمًا");
});

test("every group of cues that weighs for or against the story has an Arabic name", () => {
  const stories = readdirSync(at("config/stories/"));
  const groups = stories.flatMap((story) => {
    const { cues } = parse(readFileSync(at(`config/stories/${story}/relevance.yaml`), "utf8")) as { cues: object };
    return Object.keys(cues);
  });
  expect(groups.filter((group) => !(group in FACTORS_ARABIC))).toEqual([]);
});

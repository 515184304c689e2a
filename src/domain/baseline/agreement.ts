import type { Qualifier } from "../claims/claim.ts";
import type { ChangeRules } from "./change-rules.ts";

/** A number as somebody words it. */
export interface Wording {
  readonly value: number;
  readonly qualifier: Qualifier;
}

/** Words that round: they never say more than the number that they stand for. */
const ROUNDING: ReadonlySet<Qualifier> = new Set(["more_than", "about", "nearly", "vague"]);

/** Whether a wording is a rounding by its own words ("more than", "about", "nearly"). */
export function isRounded(wording: Wording): boolean {
  return ROUNDING.has(wording.qualifier);
}

/** Whether two wordings can stand for the same count: "105", "at least 105" and "more than 100" do. */
export function agree(a: Wording, b: Wording, rules: ChangeRules): boolean {
  return a.value === b.value || covers(a, b.value, rules) || covers(b, a.value, rules);
}

/** Whether a rounded wording stands for an exact number. */
function covers(rounded: Wording, value: number, rules: ChangeRules): boolean {
  if (rounded.qualifier === "about") return Math.abs(value - rounded.value) <= rounded.value * rules.about;
  if (rounded.qualifier === "nearly") return value < rounded.value && value >= rounded.value * (1 - rules.about);
  if (rounded.qualifier === "more_than")
    return value > rounded.value && value < rounded.value + nextStep(rounded.value);
  return false;
}

/** From which number on a writer would have said "more than" a larger round number: 150 for 100, 80 for 70, 2,600 for 2,500. */
function nextStep(value: number): number {
  const unit = 10 ** trailingZeros(value);
  return unit >= 100 && value / unit < 10 ? unit / 2 : unit;
}

function trailingZeros(value: number): number {
  if (!Number.isInteger(value) || value === 0) return 0;
  let zeros = 0;
  for (let rest = value; rest % 10 === 0; rest /= 10) zeros += 1;
  return zeros;
}

/** Whether `wording` could be an unmarked rounding of `value`: 50 for 49, 100 for 99, never 79 for 77. */
export function isUnmarkedRounding(wording: Wording, value: number, rules: ChangeRules): boolean {
  if (wording.value === value || trailingZeros(wording.value) === 0) return false;
  return Math.abs(wording.value - value) <= Math.max(rules.rounding.step, value * rules.rounding.ratio);
}

/** The least count that a wording claims. */
export function leastOf(wording: Wording, rules: ChangeRules): number {
  if (wording.qualifier === "about" || wording.qualifier === "nearly") return wording.value * (1 - rules.about);
  return wording.value;
}

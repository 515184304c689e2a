import type { Language } from "../../words/language.ts";
import { numberText } from "../../words/words.ts";
import { claimWords } from "./claim-words.ts";
import type { Namer } from "./use-labels.ts";

/** What is said, as far as it is put into words. */
export interface Claimed {
  /** Where it is given, the value is told with its unit. */
  readonly measure?: string | null | undefined;
  readonly value?: number | null | undefined;
  readonly low?: number | null | undefined;
  readonly high?: number | null | undefined;
  readonly qualifier?: string | null | undefined;
  readonly increment?: number | null | undefined;
  readonly position?: string | null | undefined;
}

/** The words before a number: "at least"; empty where the number is exact. */
export function qualifierText(language: Language, qualifier: string | null | undefined): string {
  return claimWords[language].qualifiers[qualifier ?? "exact"] ?? "";
}

/** A number, or the span of one that is not given exactly: "105", "20–99"; null where there is none. */
export function valueText(language: Language, { value, low, high }: Claimed): string | null {
  if (value !== undefined && value !== null) return numberText(language, value);
  if (low === undefined || low === null) return null;
  // Figures run from left to right in both scripts.
  return high === undefined || high === null ? `≥ ${numberText(language, low)}` : `\u2066${low}–${high}\u2069`;
}

/** A claim in a few words: "at least 135", "holding". */
export function claimText(language: Language, claim: Claimed, names: Namer): string {
  const value = valueText(language, claim);
  if (value === null) return claim.position ? names.position(claim.position) : claimWords[language].notCounted;
  const qualifier = claim.qualifier === "vague" ? "" : qualifierText(language, claim.qualifier);
  const unit = unitText(language, claim.measure);
  return [qualifier, value, unit].filter((part) => part !== "").join(" ");
}

/** What a value is counted in: "km²"; empty of people. */
export function unitText(language: Language, measure: string | null | undefined): string {
  return claimWords[language].units[measure ?? ""] ?? "";
}

/** Which of the palette's side colours a side has. */
export function sideTone(side: string): "a" | "b" | "c" | "d" {
  if (side === "armenia") return "a";
  if (side === "azerbaijan") return "b";
  return side === "media" || side === "-" || side === "any" ? "d" : "c";
}

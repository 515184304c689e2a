import { type CodedReason, REASONS, type ReasonCode } from "./reasons.ts";

/** What can stand in a place, by its name; anything, where it is not named here. */
const PLACES: Readonly<Record<string, string>> = {
  count: "\\d[\\d.,]*",
  most: "\\d+",
  column: "\\d+",
  status: "\\d{3}",
  error: "[A-Z][A-Z0-9_]+",
  url: "https?:\\S+",
  host: "\\S+",
};
const PLACE = /\{(\w+)\}/g;

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

function patternOf(sentence: string): RegExp {
  const parts = sentence.split(PLACE);
  const source = parts.map((part, at) => (at % 2 === 0 ? escaped(part) : `(?<${part}>${PLACES[part] ?? "[^]+?"})`));
  return new RegExp(`^${source.join("")}$`);
}

const CODES = Object.entries(REASONS) as readonly (readonly [ReasonCode, string])[];
const WHOLE = new Map(CODES.filter(([, sentence]) => !sentence.includes("{")).map(([code, told]) => [told, code]));
/** The more a sentence says of its own, the earlier it is tried: "{error}: {message}" fits much. */
const PATTERNS = CODES.filter(([, sentence]) => sentence.includes("{"))
  .sort(([, one], [, other]) => other.replace(PLACE, "").length - one.replace(PLACE, "").length)
  .map(([code, sentence]) => ({ code, pattern: patternOf(sentence) }));

/** The code of a reason that was told or noted as a sentence, with what stands in its places; null: it is none of these. */
export function codedReason(told: string): CodedReason | null {
  const whole = WHOLE.get(told);
  if (whole !== undefined) return { code: whole, parameters: {} };
  for (const { code, pattern } of PATTERNS) {
    const groups = pattern.exec(told)?.groups;
    if (groups === undefined) continue;
    const given = groups.reason ?? groups.message;
    const cause = given === undefined ? null : codedReason(given);
    return { code, parameters: { ...groups }, ...(cause === null ? {} : { cause }) };
  }
  return null;
}

import { readDigits } from "./digits.ts";
import type { NumberLexicon, NumberRoles } from "./number-lexicon.ts";
import { lookUp, unglue } from "./number-lookup.ts";
import { addOrdinal, addPartOf, addPartOfBefore, addValue, multiply, type Part, tidy } from "./number-sum.ts";
import type { Token } from "./tokens.ts";

/** A number as read from its first token. */
export interface ReadNumber {
  readonly value: number;
  readonly form: "digits" | "words" | "mixed" | "collective" | "dual" | "ordinal";
  /** The last multiplier: 1000 of "20 thousand", 1 where there is none. */
  readonly unit: number;
  /** Exclusive. */
  readonly last: number;
}

/** A number being read: what it stands in and its parts so far. */
interface Walk {
  readonly tokens: readonly Token[];
  readonly lexicon: NumberLexicon;
  /** False: read no further than a joining word, as "between a hundred and twenty thousand" asks for. */
  readonly joining: boolean;
  readonly parts: Part[];
}

/** Reads the longest number that begins at a token, or null. */
export function readNumber(
  tokens: readonly Token[],
  from: number,
  lexicon: NumberLexicon,
  joining = true,
): ReadNumber | null {
  const walk: Walk = { tokens, lexicon, joining, parts: [] };
  for (let at: number | null = from; at !== null; at = grow(walk, at)) {
    if (walk.parts.at(-1)?.ordinal && !lexicon.unitsFirst) break;
  }
  return walk.parts.length === 0 ? null : summed(walk, from);
}

function summed({ parts, tokens }: Walk, from: number): ReadNumber {
  const { last, unit, ordinal } = parts.at(-1)!;
  const value = tidy(parts.reduce((sum, part) => sum + part.value, 0));
  return { value, form: ordinal ? "ordinal" : formOf(parts, tokens, from, last), unit, last };
}

function formOf(parts: readonly Part[], tokens: readonly Token[], from: number, last: number): ReadNumber["form"] {
  if (!parts.some((part) => part.written === "digits")) return parts.length === 1 ? parts[0]!.form : "words";
  for (let index = from; index < last; index += 1) if (tokens[index]!.kind !== "digits") return "mixed";
  return "digits";
}

/** Adds what stands at `at` to the parts; the token behind it, or null where the number is over. */
function grow(walk: Walk, at: number): number | null {
  const { tokens, lexicon, parts, joining } = walk;
  const token = tokens[at];
  if (token === undefined) return null;
  if (parts.length === 0) return addToken(walk, at, false);
  if (token.gap === "\n") return null;
  if (token.kind === "punctuation") return hyphenated(walk, at) ? addToken(walk, at + 1, false) : null;
  if (token.kind !== "word" || !lexicon.joiners.has(token.folded)) return addToken(walk, at, false);
  if (!joining) return null;
  const fraction = lookUp(tokens, at, lexicon);
  if (fraction?.roles.plus !== undefined) return addFraction(walk, fraction.roles.plus, at + fraction.length);
  return tokens[at + 1] === undefined || tokens[at + 1]!.gap === "\n" ? null : addToken(walk, at + 1, true);
}

/** A hyphen with spaces around it inside a number word: "fifty - two". */
function hyphenated({ tokens, parts }: Walk, at: number): boolean {
  const open = parts.at(-1)!;
  return tokens[at]!.folded === "-" && open.room >= 10 && open.written === "words" && tokens[at + 1]?.kind === "word";
}

function addToken(walk: Walk, at: number, joined: boolean): number | null {
  const { tokens, lexicon, parts, joining } = walk;
  const token = tokens[at]!;
  if (token.kind === "digits") return addDigits(walk, at, joined);
  if (token.kind !== "word") return null;
  const found = lookUp(tokens, at, lexicon);
  if (found === null) return addGlued(walk, at, joined);
  if (found.joined && parts.length > 0 && !joining) return null;
  const last = at + found.length;
  const stop = lexicon.abbreviated.has(token.folded) && tokens[last]?.folded === "." && tokens[last]!.gap === "";
  return addRoles(walk, found.roles, stop ? last + 1 : last, joined || found.joined);
}

function addDigits({ tokens, lexicon, parts }: Walk, at: number, joined: boolean): number | null {
  const open = parts.at(-1);
  if (open && ((lexicon.joining === "required" && !joined) || tokens[at]!.gap === "-")) return null;
  const run = readDigits(tokens, at, lexicon);
  if (run.value === null || (open && !digitsFit(open, run.value, joined))) return null;
  const attached = attachedTo(tokens, run.last, lexicon);
  if (attached && open) return null;
  const last = attached ? run.last + 1 : run.last;
  const unit = attached ?? 1;
  const value = tidy((decimalBeforeUnit(tokens, at, run.last, lexicon) ?? run.value) * unit);
  parts.push({ value, room: attached ? unit : 0, written: "digits", unit, last, ordinal: false, form: "words" });
  return last;
}

/** "2 bin 783", "bin 500", "3 hundred and 21"; but "iki yüz 2" are two numbers. */
function digitsFit(open: Part, value: number, joined: boolean): boolean {
  if (open.unit === 1 || value < 1 || value >= open.room) return false;
  return open.unit >= 1000 || open.written === "digits" || joined;
}

/** "1,234 млн": three digits behind the decimal mark are no thousands before a multiplier. */
function decimalBeforeUnit(tokens: readonly Token[], at: number, last: number, lexicon: NumberLexicon): number | null {
  const { folded } = tokens[at]!;
  const mark = folded.length - 4;
  if (mark < 1 || folded[mark] !== lexicon.decimal || folded.indexOf(lexicon.decimal) !== mark) return null;
  if ((lookUp(tokens, last, lexicon)?.roles.times ?? 0) < 1000) return null;
  const value = Number(folded.replace(",", "."));
  return Number.isNaN(value) ? null : value;
}

/** The multiplier written onto digits: "10k", "$5m". */
function attachedTo(tokens: readonly Token[], at: number, lexicon: NumberLexicon): number | null {
  const token = tokens[at];
  if (token?.kind !== "word" || token.gap !== "") return null;
  return lexicon.attached.get(token.folded) ?? null;
}

/** "onbinaltıyüz", «քսանհինգ»: each word within the word counts as one of its own. */
function addGlued(walk: Walk, at: number, joined: boolean): number | null {
  const words = unglue(walk.tokens[at]!.folded, walk.lexicon);
  if (words === null) return null;
  const before = [...walk.parts];
  const inside: Walk = { ...walk, tokens: [] };
  for (const roles of words) {
    if (addRoles(inside, roles, at + 1, joined) !== null) continue;
    walk.parts.splice(0, walk.parts.length, ...before);
    return null;
  }
  return at + 1;
}

/** Adds a word by its roles; `last` is the token behind it. */
function addRoles(walk: Walk, roles: NumberRoles, last: number, joined: boolean): number | null {
  const { tokens, lexicon, parts } = walk;
  const open = parts.length > 0;
  if (roles.inside && !open && !countsAlone(walk, last)) return null;
  if (roles.times !== undefined && (open || roles.add === undefined))
    return multiply(parts, roles.times, last, joined, !open && roles.vague !== undefined) ? last : null;
  if (roles.plus !== undefined && open && (joined || lexicon.joining === "allowed"))
    return addFraction(walk, roles.plus, last);
  if (roles.part !== undefined && (!open || joined)) {
    const unit = lookUp(tokens, last, lexicon);
    return unit?.roles.times !== undefined && addPartOf(parts, roles.part, unit.roles.times, last + unit.length)
      ? last + unit.length
      : null;
  }
  if (roles.add !== undefined) {
    if (!open && roles.article && lookUp(tokens, last, lexicon)?.roles.times === undefined) return null;
    return addValue(parts, roles.add, last, joined, lexicon) ? last : null;
  }
  return roles.ordinal !== undefined && addOrdinal(parts, roles.ordinal, last, joined, lexicon) ? last : null;
}

/** "yüzü aşkın": more than a hundred; but "bu yüzden fazla" is "therefore too much". */
function countsAlone({ tokens, lexicon }: Walk, last: number): boolean {
  if (!lexicon.countsBefore.has(tokens[last]?.folded ?? "")) return false;
  return !lexicon.pronounAfter.has(tokens[last - 2]?.folded ?? "");
}

/** A million "and a half"; with a unit of its own "one billion and a half million". */
function addFraction({ tokens, lexicon, parts }: Walk, value: number, last: number): number {
  const unit = lookUp(tokens, last, lexicon);
  const times = unit?.roles.times;
  if (times !== undefined && times <= parts.at(-1)!.unit && addPartOf(parts, value, times, last + unit!.length))
    return last + unit!.length;
  addPartOfBefore(parts, value, last);
  return last;
}

import { readDigits } from "./digits.ts";
import type { NumberLexicon, NumberRoles } from "./number-lexicon.ts";
import { lookUp, unglue } from "./number-lookup.ts";
import type { Token } from "./tokens.ts";

/** One summand of a number being read: "two hundred" and "five" of "two hundred and five". */
interface Part {
  readonly value: number;
  /** What follows is added while it is smaller. */
  readonly room: number;
  readonly written: "digits" | "words";
  /** What the part was multiplied by last: 1000 of "62 thousand". */
  readonly unit: number;
  /** Where the number ends were this its last part. */
  readonly last: number;
  readonly ordinal: boolean;
  readonly form: "words" | "collective" | "dual";
}

/** A number as read from its first token. */
export interface ReadNumber {
  readonly value: number;
  readonly form: "digits" | "words" | "mixed" | "collective" | "dual" | "ordinal";
  /** The last multiplier: 1000 of "20 thousand", 1 where there is none. */
  readonly unit: number;
  /** Exclusive. */
  readonly last: number;
}

/**
 * Reads the longest number that begins at a token, or null. `joining` false reads no further than a joining word, as
 * "between twenty and thirty" asks for.
 */
export function readNumber(
  tokens: readonly Token[],
  from: number,
  lexicon: NumberLexicon,
  joining = true,
): ReadNumber | null {
  const parts: Part[] = [];
  let at = from;
  for (;;) {
    const last = grow(parts, tokens, at, lexicon, joining);
    if (last === null) break;
    at = last;
    if (parts.at(-1)?.ordinal && !lexicon.unitsFirst) break;
  }
  return parts.length === 0 ? null : summed(parts, from, tokens);
}

function summed(parts: readonly Part[], from: number, tokens: readonly Token[]): ReadNumber {
  const end = parts.at(-1)!;
  const digits = parts.some((part) => part.written === "digits");
  const words = end.last - from > parts.length || parts.some((part) => part.written === "words" || part.unit > 1);
  const onlyDigits = digits && !words;
  const form = end.ordinal
    ? "ordinal"
    : digits
      ? onlyDigits || allDigits(tokens, from, end.last)
        ? "digits"
        : "mixed"
      : parts.length === 1
        ? end.form
        : "words";
  return { value: tidy(parts.reduce((sum, part) => sum + part.value, 0)), form, unit: end.unit, last: end.last };
}

function allDigits(tokens: readonly Token[], from: number, last: number): boolean {
  for (let index = from; index < last; index += 1) if (tokens[index]!.kind !== "digits") return false;
  return true;
}

/** Takes the noise of binary fractions off: 1.2 × 1,000,000,000. */
export function tidy(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

/** Adds what stands at `at` to the parts; the token behind it, or null where the number is over. */
function grow(
  parts: Part[],
  tokens: readonly Token[],
  at: number,
  lexicon: NumberLexicon,
  joining: boolean,
): number | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (parts.length === 0) return addToken(parts, tokens, at, lexicon, false, joining);
  if (token.gap === "\n") return null;
  if (token.kind === "punctuation")
    return hyphenated(parts, tokens, at) ? addToken(parts, tokens, at + 1, lexicon, false, joining) : null;
  if (token.kind === "word" && lexicon.joiners.has(token.folded)) {
    const plus = joining ? lookUp(tokens, at, lexicon) : null;
    if (plus?.roles.plus !== undefined) return addFraction(parts, plus.roles.plus, at + plus.length, tokens, lexicon);
    if (!joining || tokens[at + 1] === undefined || tokens[at + 1]!.gap === "\n") return null;
    return addToken(parts, tokens, at + 1, lexicon, true, joining);
  }
  return addToken(parts, tokens, at, lexicon, false, joining);
}

/** A hyphen with spaces around it inside a number word: "fifty - two". */
function hyphenated(parts: readonly Part[], tokens: readonly Token[], at: number): boolean {
  const open = parts.at(-1)!;
  return tokens[at]!.folded === "-" && open.room >= 10 && open.written === "words" && tokens[at + 1]?.kind === "word";
}

function addToken(
  parts: Part[],
  tokens: readonly Token[],
  at: number,
  lexicon: NumberLexicon,
  joined: boolean,
  joining: boolean,
): number | null {
  const token = tokens[at]!;
  if (token.kind === "digits") return addDigits(parts, tokens, at, lexicon, joined);
  if (token.kind !== "word") return null;
  const found = lookUp(tokens, at, lexicon);
  if (found === null) return addGlued(parts, token, at, lexicon, joined);
  if (found.joined && parts.length > 0 && !joining) return null;
  const last = at + found.length;
  const stop =
    lexicon.abbreviated.has(token.folded) && tokens[last]?.folded === "." && tokens[last]!.gap === "" ? 1 : 0;
  return addRoles(parts, found.roles, last + stop, joined || found.joined, lexicon, tokens);
}

function addDigits(
  parts: Part[],
  tokens: readonly Token[],
  at: number,
  lexicon: NumberLexicon,
  joined: boolean,
): number | null {
  const open = parts.at(-1);
  if (open && lexicon.joining === "required" && !joined) return null;
  if (open && tokens[at]!.gap === "-") return null;
  const run = readDigits(tokens, at, lexicon);
  if (run.value === null) return null;
  if (open && (open.unit === 1 || run.value < 1 || run.value >= open.room)) return null;
  // "2 bin 783", "bin 500"; but "iki yüz 2" are two numbers.
  if (open && open.unit < 1000 && open.written === "words" && !joined) return null;
  const attached = attachedTo(tokens, run.last, lexicon);
  if (attached && open) return null;
  const last = attached ? run.last + 1 : run.last;
  const unit = attached ?? 1;
  const value = decimalBeforeUnit(tokens, at, run.last, lexicon) ?? run.value;
  parts.push({
    value: tidy(value * unit),
    room: attached ? unit : 0,
    written: "digits",
    unit,
    last,
    ordinal: false,
    form: "words",
  });
  return last;
}

/** "1,234 млн": three digits behind the decimal mark are no thousands before a multiplier. */
function decimalBeforeUnit(tokens: readonly Token[], at: number, last: number, lexicon: NumberLexicon): number | null {
  const { folded } = tokens[at]!;
  if (folded.length < 5 || folded.at(-4) !== lexicon.decimal || folded.indexOf(lexicon.decimal) !== folded.length - 4)
    return null;
  if ((lookUp(tokens, last, lexicon)?.roles.times ?? 0) < 1000) return null;
  const value = Number(folded.replace(",", "."));
  return Number.isNaN(value) ? null : value;
}

/** The multiplier written onto digits: "10k", "$5m". */
function attachedTo(tokens: readonly Token[], at: number, lexicon: NumberLexicon): number | null {
  const token = tokens[at];
  if (token === undefined || token.kind !== "word" || token.gap !== "") return null;
  return lexicon.attached.get(token.folded) ?? null;
}

/** "onbinaltıyüz", «քսանհինգ»: each word within the word counts as one of its own. */
function addGlued(parts: Part[], token: Token, at: number, lexicon: NumberLexicon, joined: boolean): number | null {
  const words = unglue(token.folded, lexicon);
  if (words === null) return null;
  const before = [...parts];
  for (const roles of words) {
    if (addRoles(parts, roles, at + 1, joined, lexicon, [])) continue;
    parts.splice(0, parts.length, ...before);
    return null;
  }
  return at + 1;
}

/** Adds a word by its roles; `last` is the token behind it. */
function addRoles(
  parts: Part[],
  roles: NumberRoles,
  last: number,
  joined: boolean,
  lexicon: NumberLexicon,
  tokens: readonly Token[],
): number | null {
  const open = parts.at(-1);
  if (roles.inside && !open) return null;
  if (roles.times !== undefined && (open || roles.add === undefined))
    return multiply(parts, roles.times, last, joined, open === undefined && roles.vague !== undefined);
  if (roles.plus !== undefined && open && (joined || lexicon.joining === "allowed"))
    return addFraction(parts, roles.plus, last, tokens, lexicon);
  if (roles.part !== undefined && (open === undefined || joined))
    return addPart(parts, roles.part, last, tokens, lexicon);
  if (roles.add !== undefined) return addValue(parts, roles, last, joined, lexicon, tokens);
  if (roles.ordinal !== undefined) return addOrdinal(parts, roles.ordinal, last, joined, lexicon);
  return null;
}

function addValue(
  parts: Part[],
  roles: NumberRoles,
  last: number,
  joined: boolean,
  lexicon: NumberLexicon,
  tokens: readonly Token[],
): number | null {
  const { value, room, form } = roles.add!;
  const part: Part = { value, room, written: "words", unit: 1, last, ordinal: false, form };
  const open = parts.at(-1);
  if (open === undefined) {
    if (roles.article && lookUp(tokens, last, lexicon)?.roles.times === undefined) return null;
    parts.push(part);
    return last;
  }
  if (
    lexicon.unitsFirst &&
    joined &&
    open.written === "words" &&
    open.value >= 1 &&
    open.value < 10 &&
    value >= 20 &&
    value < 100
  ) {
    parts[parts.length - 1] = { ...part, value: open.value + value, room: 1, ordinal: open.ordinal };
    return last;
  }
  if (value < 1 || value >= open.room) return null;
  // "1.7 million four years ago": words go on behind digits only where they are joined («6 آلاف وخمسمئة»).
  if (open.written === "digits" && (open.unit === 1 || (!joined && open.unit !== 100))) return null;
  if (!mayFollow(open, value, joined, lexicon)) return null;
  parts.push(part);
  return last;
}

function mayFollow(open: Part, value: number, joined: boolean, lexicon: NumberLexicon): boolean {
  if (lexicon.joining === "required") return joined;
  return !joined || open.room >= 100 || lexicon.joinedSmall.has(value);
}

function addOrdinal(
  parts: Part[],
  value: number,
  last: number,
  joined: boolean,
  lexicon: NumberLexicon,
): number | null {
  const open = parts.at(-1);
  if (open && (open.written === "digits" || value >= open.room || !mayFollow(open, value, joined, lexicon)))
    return null;
  parts.push({ value, room: 0, written: "words", unit: 1, last, ordinal: true, form: "words" });
  return last;
}

/**
 * Multiplies the parts that are smaller than the multiplier ("two hundred and two" thousand). Where the product does not
 * fit behind the parts before, the number ended there: "three hundred and two hundred" are two numbers.
 */
function multiply(parts: Part[], by: number, last: number, joined: boolean, needsFactor: boolean): number | null {
  let kept = parts.length;
  while (
    kept > 0 &&
    (parts[kept - 1]!.value < by ||
      (kept === parts.length && parts[kept - 1]!.written === "digits" && parts[kept - 1]!.unit === 1))
  )
    kept -= 1;
  if (joined && kept < parts.length) return null;
  let factor = 0;
  for (let index = kept; index < parts.length; index += 1) factor += parts[index]!.value;
  if (kept === parts.length) {
    if (needsFactor) return null;
    factor = 1;
  }
  const written = parts[kept]?.written ?? "words";
  const value = tidy(factor * by);
  const under = parts[kept - 1];
  if (under && value >= under.room) {
    parts.length = kept;
    return null;
  }
  parts.length = kept;
  parts.push({ value, room: by, written, unit: by, last, ordinal: false, form: "words" });
  return last;
}

/** "half a" million: the part and the multiplier right behind it. */
function addPart(
  parts: Part[],
  value: number,
  last: number,
  tokens: readonly Token[],
  lexicon: NumberLexicon,
): number | null {
  const unit = lookUp(tokens, last, lexicon);
  if (unit?.roles.times === undefined) return null;
  const open = parts.at(-1);
  const whole = value * unit.roles.times;
  if (open && whole >= open.room) return null;
  const end = last + unit.length;
  parts.push({
    value: whole,
    room: 0,
    written: "words",
    unit: unit.roles.times,
    last: end,
    ordinal: false,
    form: "words",
  });
  return end;
}

/** A million "and a half"; "five and a half" million; "one billion and a half million". */
function addFraction(
  parts: Part[],
  value: number,
  last: number,
  tokens: readonly Token[],
  lexicon: NumberLexicon,
): number | null {
  const open = parts.at(-1)!;
  const unit = lookUp(tokens, last, lexicon);
  if (unit?.roles.times !== undefined && unit.roles.times <= open.unit) {
    const end = last + unit.length;
    parts.push({
      value: value * unit.roles.times,
      room: 0,
      written: "words",
      unit: unit.roles.times,
      last: end,
      ordinal: false,
      form: "words",
    });
    return end;
  }
  parts[parts.length - 1] = { ...open, value: open.value + value * open.unit, room: 0, last };
  return last;
}

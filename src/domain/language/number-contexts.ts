import type { FoundNumber, NumberContext } from "./found-number.ts";
import type { NumberLexicon } from "./number-lexicon.ts";
import { lookUp } from "./number-lookup.ts";
import { countsNobody } from "./number-none.ts";
import type { NotFigureReason } from "./reading.ts";
import type { Token } from "./tokens.ts";

/** Tokens that a cue before a number may take. */
const REACH = 4;
const APOSTROPHES = new Set(["'", "’", "ʼ", "‘", "`", "´"]);
const MOST_GOALS = 20;
const MONEY = new Set(["$", "€", "£", "¥", "₽", "₺", "֏", "₼"]);

/**
 * Reads the context of one number by the signs, words and shape around it. `taken` is a token at which words begin that
 * belong to the number before.
 */
export function contextOf(
  number: FoundNumber,
  tokens: readonly Token[],
  original: string,
  lexicon: NumberLexicon,
  taken: number,
): NumberContext {
  const bySort = ({ number: null, hour: "hour", date: "date", address: "coordinate", list: "other" } as const)[
    number.sort
  ];
  if (bySort !== null) return bySort;
  const sign = bySign(number, tokens);
  if (sign !== null) return sign;
  if (countsNobody(number, tokens, lexicon)) return "none";
  if (number.form === "dual") return lookUp(tokens, number.first, lexicon)?.roles.reason ?? "counted";
  const after = isInflected(number, tokens, original) ? null : behind(number, tokens, original, lexicon);
  const before =
    after === "counted" && number.form !== "range" ? null : ahead(number, tokens, original, lexicon, taken);
  // "on September 13-14 dead soldiers": days, whatever is counted behind them
  if (after === "counted" && before !== "date") return number.form === "ordinal" ? "ordinal" : "counted";
  const words = before ?? after;
  if (words !== null) return words;
  return number.form === "ordinal" ? "ordinal" : byShape(number, tokens, original, lexicon);
}

/** A number with a case ending ("2022'de") stands by itself: what follows is no unit of it. */
function isInflected(number: FoundNumber, tokens: readonly Token[], original: string): boolean {
  const end = tokens[number.last - 1]!;
  return end.suffix !== "" && number.form !== "ordinal" && APOSTROPHES.has(original[end.stemEnd]!);
}

function bySign(number: FoundNumber, tokens: readonly Token[]): NotFigureReason | null {
  const next = tokens[number.last]?.folded;
  const before = tokens[number.first - 1]?.folded ?? "";
  if (next === "%" || before === "%") return "percentage";
  if (MONEY.has(before) || (next !== undefined && MONEY.has(next))) return "money";
  if (next === "°" || before === "°") return "coordinate";
  if (before === "№" || before === "#" || before === "§") return before === "§" ? "article" : "other";
  if (
    (next === "+" && tokens[number.last + 1]?.kind === "digits") ||
    (before === "+" && tokens[number.first - 2]?.kind === "digits")
  )
    return "name";
  if (isSlashed(number, tokens)) return "date";
  return before === "+" ? "phone" : null;
}

/** "14/9/2022", "13/14": digits around a stroke. */
function isSlashed({ first, last }: FoundNumber, tokens: readonly Token[]): boolean {
  const before = tokens[first]!.gap === "" && tokens[first - 1]?.folded === "/" && tokens[first - 2]?.kind === "digits";
  return before || (tokens[last]?.folded === "/" && tokens[last]!.gap === "" && tokens[last + 1]?.kind === "digits");
}

function behind(
  number: FoundNumber,
  tokens: readonly Token[],
  original: string,
  lexicon: NumberLexicon,
): NumberContext {
  const next = tokens[number.last];
  if (next === undefined || next.gap === "\n") return null;
  const hits = lexicon.after(tokens, number.last, Math.min(tokens.length, number.last + REACH), number.last + 1);
  for (const { last, payload } of hits) {
    // "the 5th army", but "5 army officers".
    if (payload.reason === "unit-name" && number.form !== "ordinal") continue;
    if (asWritten(tokens, number.last, last, original, lexicon)) return payload.reason;
  }
  return null;
}

function ahead(
  number: FoundNumber,
  tokens: readonly Token[],
  original: string,
  lexicon: NumberLexicon,
  taken: number,
): NotFigureReason | null {
  if (tokens[number.first]!.gap === "\n") return null;
  for (let from = Math.max(0, number.first - REACH); from < number.first; from += 1) {
    if (from === taken) continue;
    const hits = lexicon.before(tokens, from, number.first, from + 1);
    const hit = hits.find(({ last }) => last === number.first);
    if (hit === undefined || hit.payload.reason === "counted") continue;
    if (hit.payload.reason === "date" && !mayBeDay(number, tokens, lexicon, hit.payload.weekday)) continue;
    if (asWritten(tokens, from, number.first, original, lexicon)) return hit.payload.reason;
  }
  return null;
}

const DAYS = 31;

/** "September 105 soldiers": no day of a month; «во вторник 17 армянских военных»: behind a day of the week people are counted. */
function mayBeDay(number: FoundNumber, tokens: readonly Token[], lexicon: NumberLexicon, weekday?: true): boolean {
  const { value, last, form } = number;
  if (value !== null && value > DAYS && value < 1000) return false;
  if (!weekday) return true;
  if (form !== "digits" && form !== "ordinal" && form !== "range") return false;
  const next = tokens[last];
  if (next?.kind !== "word" || next.gap === "\n") return true;
  const hits = lexicon.after(tokens, last + 1, Math.min(tokens.length, last + REACH), last + 2);
  return !hits.some(({ payload }) => payload.reason === "counted");
}

/** Words that also mean something else with a small letter must have their capital: "5 may have died". */
function asWritten(
  tokens: readonly Token[],
  from: number,
  to: number,
  original: string,
  { capitalised }: NumberLexicon,
): boolean {
  if (capitalised.size === 0) return true;
  for (let index = from; index < to; index += 1) {
    const { folded, start } = tokens[index]!;
    if (capitalised.has(folded) && original[start] === original[start]!.toLowerCase()) return false;
  }
  return true;
}

function byShape(
  number: FoundNumber,
  tokens: readonly Token[],
  original: string,
  lexicon: NumberLexicon,
): NotFigureReason | null {
  if (number.form !== "digits" || number.value === null) return null;
  const token = tokens[number.first]!;
  const before = tokens[number.first - 1];
  if (before?.kind === "word" && (token.gap === "" || token.gap === "-") && isName(before, original)) return "name";
  if (isRaised(number, tokens)) return "other";
  if (lexicon.agesInCommas && isEnclosedAge(number, tokens)) return "age";
  if (isScore(number, tokens)) return "score";
  const next = tokens[number.last];
  if (next?.kind === "word" && next.gap === "" && next.folded.length < 4 && isName(next, original)) return "name";
  if (number.last > number.first + 1) return null;
  if (lexicon.stopHours && STOP_HOUR.test(token.folded)) return "hour";
  return isYear(token, number.value) ? "year" : null;
}

/** "Arthur, 52, a driver": a small number alone between commas behind a word. */
function isEnclosedAge({ first, last, value }: FoundNumber, tokens: readonly Token[]): boolean {
  if (value === null || value > OLDEST || value < 1 || tokens[first - 1]?.folded !== ",") return false;
  return tokens[last]?.folded === "," && tokens[first - 2]?.kind === "word" && tokens[last + 1]?.kind === "word";
}

const OLDEST = 104;

/** Words so short with a 2 or 3 written onto them are units: "une quarantaine de km2". */
const LONGEST_UNIT = 2;

/** "10 km2": the raised figure of a unit, written onto it behind a number. */
function isRaised({ first, value }: FoundNumber, tokens: readonly Token[]): boolean {
  if ((value !== 2 && value !== 3) || tokens[first]!.gap !== "") return false;
  const unit = tokens[first - 1];
  if (unit?.kind !== "word") return false;
  return tokens[first - 2]?.kind === "digits" || unit.folded.length <= LONGEST_UNIT;
}

/** "20.00", "9.15": hours and minutes. */
const STOP_HOUR = /^(?:[01]?\d|2[0-4])\.[0-5]\d$/;

/** "3-1", "2-2": two small numbers around a hyphen that are no range. */
function isScore({ first, last, value }: FoundNumber, tokens: readonly Token[]): boolean {
  if (value === null || value > MOST_GOALS) return false;
  const other = tokens[first]!.gap === "-" ? tokens[first - 1] : tokens[last]?.gap === "-" ? tokens[last] : undefined;
  return other?.kind === "digits" && other.folded.length <= 2 && Number(other.folded) <= MOST_GOALS;
}

/** "BM-21", "COP29": letters of which the first is a capital. */
function isName(token: Token, original: string): boolean {
  return /^[\p{Lu}]/u.test(original[token.start] ?? "");
}

/** Four digits without separator, near our time: "in 2020", "the 1994 truce". */
function isYear(token: Token, value: number): boolean {
  return token.folded.length === 4 && value >= 1900 && value <= 2035;
}

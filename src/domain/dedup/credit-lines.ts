import type { PhraseHit, PhraseMatcher } from "../language/phrases.ts";
import type { FieldReading } from "../language/reading.ts";
import type { Token } from "../language/tokens.ts";

/**
 * Words of a credit line: an `agency`'s name; `by` opens a line that names the writer or agency; `source` opens a
 * line that lasts to the end of its sentence; `rest` opens what is no part of the report at all ("read also …").
 */
export type CreditCue = "agency" | "by" | "source" | "rest";

const OPENING_TOKENS = 16;
const BARE_PLACE_TOKENS = 3;
const BY_LINE_TOKENS = 8;
const GROUP_TOKENS = 9;
const CLOSING_TOKENS = 60;
/** A text this short that opens like the end of one ("Read the full story …") is a set line and no report. */
const SET_LINE_TOKENS = 20;
/** A closing line as short as this is known by the agency it names, even where no full stop stands before it. */
const UNPARTED_TOKENS = 12;
const DASHES = new Set(["-", "--"]);

/**
 * Marks the tokens of a text that only say who sent it: datelines ("YEREVAN, September 14 (Agency) -"), by-lines,
 * agency names in parentheses, and closing lines ("Source: …", "Reporting by …", "Read also: …").
 * @returns for each token 1 where it belongs to a credit line.
 */
export function markCreditLines(field: FieldReading, cues: PhraseMatcher<CreditCue>): Uint8Array {
  const { tokens } = field;
  const marked = new Uint8Array(tokens.length);
  const hits = cues(tokens);
  const agency = new Uint8Array(tokens.length);
  for (const hit of hits) if (hit.payload === "agency") agency.fill(1, hit.first, hit.last);
  marked.fill(1, 0, openingEnd(field, agency));
  markByLine(field, hits, agency, marked);
  markGroups(tokens, agency, marked);
  markClosing(field, hits, agency, marked);
  markAgencySentence(field, agency, marked);
  return marked;
}

/** Where the dateline ends: behind a dash that only a place, a date and an agency stand before. */
function openingEnd(field: FieldReading, agency: Uint8Array): number {
  const { tokens } = field;
  const upTo = Math.min(tokens.length - 1, OPENING_TOKENS);
  for (let dash = 1; dash < upTo; dash += 1) {
    if (!DASHES.has(tokens[dash]!.folded)) continue;
    const before = tokens.slice(0, dash);
    const isDateline =
      before.some((token, index) => agency[index] === 1 || isShouted(token, field.original)) ||
      field.numbers.some(
        (number) => number.first < dash && (number.notFigure === "date" || number.notFigure === "year"),
      ) ||
      (dash <= BARE_PLACE_TOKENS && before.every((token) => isName(token, field.original)));
    if (!isDateline) return 0;
    let end = dash + 1;
    while (end < tokens.length && DASHES.has(tokens[end]!.folded)) end += 1;
    return end;
  }
  return 0;
}

function isShouted(token: Token, original: string): boolean {
  if (token.kind !== "word" || token.folded.length < 3) return false;
  const written = original.slice(token.start, token.end);
  return written === written.toUpperCase() && written !== written.toLowerCase();
}

/** A name begins with a capital; in scripts without capitals every word may be one. */
function isName(token: Token, original: string): boolean {
  if (token.kind !== "word") return token.kind === "punctuation";
  const first = original[token.start] ?? "";
  return first === first.toUpperCase();
}

/** "By Name Surname." or "By Some Agency.", or an agency's name alone, before the first full stop or line end. */
function markByLine(
  { tokens, original }: FieldReading,
  hits: readonly PhraseHit<CreditCue>[],
  agency: Uint8Array,
  marked: Uint8Array,
): void {
  let end = 1;
  while (end < tokens.length && end <= BY_LINE_TOKENS && tokens[end]!.folded !== "." && tokens[end]!.gap !== "\n")
    end += 1;
  if (end >= tokens.length || end > BY_LINE_TOKENS) return;
  const names = tokens.slice(1, end);
  const opens = hits.some(({ payload, first }) => payload === "by" && first === 0);
  const isByLine =
    opens && names.length > 1 && names.every((token) => token.kind === "word" && isName(token, original));
  const isAgency = agency.subarray(opens ? 1 : 0, end).every((mark) => mark === 1);
  if (isByLine || (isAgency && (!opens || names.length > 0)))
    marked.fill(1, 0, tokens[end]!.folded === "." ? end + 1 : end);
}

/** Parentheses that hold an agency, and at the end of the text those that hold names alone. */
function markGroups(tokens: readonly Token[], agency: Uint8Array, marked: Uint8Array): void {
  let isEnd = true;
  for (let open = tokens.length - 1; open >= 0; open -= 1) {
    if (tokens[open]!.folded !== "(") {
      if (isEnd && tokens[open]!.kind !== "punctuation" && marked[open] === 0) isEnd = isInGroup(tokens, open);
      continue;
    }
    const close = closeOf(tokens, open);
    if (close < 0) continue;
    const group = tokens.slice(open, close + 1);
    const names = group.every((token) => token.kind !== "digits");
    if (agency.subarray(open, close).includes(1) || (isEnd && names)) marked.fill(1, open, close + 1);
    else isEnd = false;
  }
}

/** The parenthesis that closes a short group; -1 where none does. */
function closeOf(tokens: readonly Token[], open: number): number {
  for (let at = open + 1; at < tokens.length && at - open <= GROUP_TOKENS; at += 1)
    if (tokens[at]!.folded === ")") return at;
  return -1;
}

/** Whether a parenthesis opens shortly before a token and closes behind it. */
function isInGroup(tokens: readonly Token[], at: number): boolean {
  for (let open = at - 1; open >= 0 && at - open < GROUP_TOKENS; open -= 1) {
    if (tokens[open]!.folded === ")") return false;
    if (tokens[open]!.folded === "(") return closeOf(tokens, open) > at;
  }
  return false;
}

function markClosing(
  field: FieldReading,
  hits: readonly PhraseHit<CreditCue>[],
  agency: Uint8Array,
  marked: Uint8Array,
): void {
  const { tokens, sentences } = field;
  for (const { first, last, payload } of hits) {
    if ((payload !== "source" && payload !== "rest") || tokens.length - first > CLOSING_TOKENS) continue;
    if (first === 0 && (payload !== "rest" || tokens.length > SET_LINE_TOKENS)) continue;
    const names =
      tokens.length - first <= UNPARTED_TOKENS && (tokens[last]?.folded === ":" || agency.includes(1, last));
    if (!names && !opensSentence(tokens, first)) continue;
    const sentence = sentences.find((part) => part.first <= first && first < part.last);
    marked.fill(1, first, payload === "rest" ? tokens.length : (sentence?.last ?? tokens.length));
  }
}

const BEFORE_SENTENCE = /^[.!?։…)»”"(|:;©-]$/;

function opensSentence(tokens: readonly Token[], at: number): boolean {
  return tokens[at]!.gap === "\n" || BEFORE_SENTENCE.test(tokens[at - 1]?.folded ?? ".");
}

/** A last sentence that is nothing but an agency's name. */
function markAgencySentence(field: FieldReading, agency: Uint8Array, marked: Uint8Array): void {
  const last = field.sentences.at(-1);
  if (!last || field.sentences.length < 2) return;
  for (let index = last.first; index < last.last; index += 1) {
    if (agency[index] === 0 && field.tokens[index]!.kind !== "punctuation") return;
  }
  marked.fill(1, last.first, last.last);
}

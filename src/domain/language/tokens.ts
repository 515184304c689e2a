import { classOf, DIGIT, LETTER, MARK, NEWLINE, SPACE } from "./characters.ts";
import { type FoldedText, originalEnd, originalStart } from "./folding.ts";
import { isFull, spelledOut, vocabularyOf, type Word, wordAt } from "./words.ts";

/** A word, a run of digits, or one punctuation mark, in the order of the text. */
export interface Token {
  readonly kind: "word" | "digits" | "punctuation";
  /** The folded spelling, without `suffix`. Digits keep their separators: "1,500", "20:00", "7.5". */
  readonly folded: string;
  /** Other spellings under which the word may be looked up: without clitics («والجنود» → «الجنود», «جنود»). */
  readonly forms: readonly string[];
  /** What is known of the spelling, shared with other tokens of it. */
  readonly word: Word;
  /** A case ending written after an apostrophe or hyphen: "Ermenistan'ın" → "in", "71-ը" → "ը", "63-й" → "й". */
  readonly suffix: string;
  /** What stands between this token and the one before: nothing, white space, a line break, a hyphen, an apostrophe. */
  readonly gap: "" | " " | "\n" | "-" | "'";
  /** Span in the original field, UTF-16 code units, end exclusive; it includes the suffix. */
  readonly start: number;
  readonly end: number;
  /** Where the token without its suffix ends. */
  readonly stemEnd: number;
}

/** How a language writes words: clitics written onto a word, and short words that an apostrophe cuts off. */
export interface WordWriting {
  /** Clitics before a word, longest first, folded ("وال", "و", "ب"). A word may carry one of them or a listed chain. */
  readonly prefixes: readonly string[];
  /** The fewest letters that must remain of a word when a clitic is taken off. */
  readonly minimumStem: number;
  /** Words that are cut by an apostrophe before the next word, folded and without it ("l", "d", "qu"). */
  readonly elisions: ReadonlySet<string>;
  /** Case endings written behind a number and a hyphen, folded ("ը", "й", "dan"). */
  readonly hyphenEndings: ReadonlySet<string>;
}

/** Splits a folded text into tokens whose spans point into the original. Linear in the length of the text. */
export function tokenize(text: FoldedText, writing: WordWriting): Token[] {
  const { units, length } = text;
  const tokens: Token[] = [];
  const forms = (piece: string): string[] => formsOf(piece, writing);
  let vocabulary = vocabularyOf(writing);
  let last: Token | undefined;
  let gap: Token["gap"] = "";
  for (let at = 0; at < length; ) {
    const sort = classOf(units[at]!);
    if (sort === SPACE || sort === NEWLINE) {
      if (sort === NEWLINE || gap !== "\n") gap = sort === NEWLINE ? "\n" : " ";
      at += 1;
      continue;
    }
    const end = pieceEnd(text, at, sort);
    if (sort === MARK && gap === "" && last !== undefined && last.kind !== "punctuation" && joins(text, at)) {
      gap = units[at] === HYPHEN ? "-" : "'";
      at = end;
      continue;
    }
    const isEnding =
      last !== undefined && sort === LETTER && gap !== "" && gap !== " " && isSuffix(last, gap, text, at, end, writing);
    if (isEnding) {
      last = { ...last!, suffix: spelledOut(units, at, end), end: originalEnd(text, end) };
      tokens[tokens.length - 1] = last;
    } else {
      const stop = originalEnd(text, end);
      if (isFull(vocabulary)) vocabulary = vocabularyOf(writing);
      const word = wordAt(vocabulary, units, at, end, forms);
      last = {
        kind: sort === LETTER ? "word" : sort === DIGIT ? "digits" : "punctuation",
        folded: word.folded,
        forms: word.forms,
        word,
        suffix: "",
        gap: tokens.length === 0 && gap !== "\n" ? "" : gap,
        start: originalStart(text, at),
        end: stop,
        stemEnd: stop,
      };
      tokens.push(last);
    }
    gap = "";
    at = end;
  }
  return tokens;
}

/** Where the word, run of digits with their separators, or mark that begins at `at` ends. */
function pieceEnd({ units, length }: FoldedText, at: number, sort: number): number {
  let end = at + 1;
  if (sort === LETTER) {
    while (end < length && classOf(units[end]!) === LETTER) end += 1;
    return end;
  }
  if (sort === DIGIT) {
    for (; end < length; end += 1) {
      if (classOf(units[end]!) === DIGIT) continue;
      if (!isSeparator(units[end]!) || end + 1 === length || classOf(units[end + 1]!) !== DIGIT) break;
    }
    return end;
  }
  return isHighSurrogate(units[at]!) && end < length ? end + 1 : end;
}

function isSeparator(code: number): boolean {
  return code === 0x2c || code === 0x2e || code === 0x3a;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

const HYPHEN = 0x2d;
const APOSTROPHE = 0x27;

/** A hyphen or apostrophe right between two words or numbers is no token of its own. */
function joins({ units, length }: FoldedText, at: number): boolean {
  if ((units[at] !== HYPHEN && units[at] !== APOSTROPHE) || at + 1 === length) return false;
  const next = classOf(units[at + 1]!);
  return next === LETTER || next === DIGIT;
}

/** Longer letters behind an apostrophe are a word. */
const LONGEST_SUFFIX = 9;

/**
 * Letters behind an apostrophe are a case ending, unless the word before is an elided article or they begin with a
 * capital behind a small letter ("dell'Armenia"). Behind a hyphen only a number has one, from the language's list.
 */
function isSuffix(
  last: Token,
  gap: Token["gap"],
  text: FoldedText,
  at: number,
  end: number,
  writing: WordWriting,
): boolean {
  if (last.suffix !== "" || last.kind === "punctuation") return false;
  if (gap === "-") return last.kind === "digits" && writing.hyphenEndings.has(spelledOut(text.units, at, end));
  if (gap !== "'" || end - at > LONGEST_SUFFIX) return false;
  if (last.kind === "digits") return true;
  if (last.folded.length === 1 || writing.elisions.has(last.folded)) return false;
  return !isCapital(text.original[originalStart(text, at)]!) || isCapital(text.original[last.end - 1]!);
}

function isCapital(letter: string): boolean {
  return letter !== letter.toLowerCase();
}

/** The spellings under which a word is looked up; the word itself first. */
export function formsOf(word: string, writing: WordWriting): string[] {
  const forms = [word];
  for (const prefix of writing.prefixes) {
    if (
      word.charCodeAt(0) === prefix.charCodeAt(0) &&
      word.length - prefix.length >= writing.minimumStem &&
      word.startsWith(prefix)
    )
      forms.push(word.slice(prefix.length));
  }
  return forms;
}

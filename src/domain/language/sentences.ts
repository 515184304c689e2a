import type { Sentence } from "./reading.ts";
import type { Token } from "./tokens.ts";
import type { Writing } from "./writing.ts";

/** Marks that end a sentence in every language; «:» does in Armenian, by the language's own list. */
const ENDS: ReadonlySet<string> = new Set([".", "!", "?", "։", "…", "۔", "。"]);
/** Marks behind the end that still belong to the sentence. */
const CLOSING: ReadonlySet<string> = new Set(["»", "”", '"', "'", ")", "]", "›"]);
/** Marks that may stand before the first word of a sentence. */
const OPENING: ReadonlySet<string> = new Set(["«", "“", "„", '"', "'", "(", "[", "-", "‹"]);

/**
 * Tokens of a sentence at most. No sentence of news comes near it; what does is a list or an attack, and is cut here so
 * that the steps that compare within a sentence stay linear in the length of the text.
 */
const LONGEST = 400;

/** Splits a field into sentences: at marks that end one, and at every line break. Linear in the number of tokens. */
export function splitSentences(tokens: readonly Token[], original: string, writing: Writing): Sentence[] {
  const sentences: Sentence[] = [];
  let first = 0;
  const close = (last: number): void => {
    if (last <= first) return;
    sentences.push({ first, last, start: tokens[first]!.start, end: tokens[last - 1]!.end });
    first = last;
  };
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    if (token.gap === "\n" || at - first >= LONGEST) close(at);
    if (token.kind !== "punctuation" || !isEnd(token, writing)) continue;
    const behind = closingEnd(tokens, at + 1, writing);
    if (endsHere(tokens, at, behind, original, writing)) close(behind);
    at = behind - 1;
  }
  close(tokens.length);
  return sentences;
}

function isEnd(token: Token, writing: Writing): boolean {
  return ENDS.has(token.folded) || writing.sentenceEnds.has(token.folded);
}

/** The token behind further end marks and closing quotes ("?!»"; French sets a space before «»»). */
function closingEnd(tokens: readonly Token[], at: number, writing: Writing): number {
  let behind = at;
  for (; behind < tokens.length; behind += 1) {
    const token = tokens[behind]!;
    const belongs =
      token.folded === "»"
        ? token.gap !== "\n"
        : token.gap === "" && (isEnd(token, writing) || CLOSING.has(token.folded));
    if (!belongs) break;
  }
  return behind;
}

function endsHere(tokens: readonly Token[], at: number, behind: number, original: string, writing: Writing): boolean {
  const next = tokens[behind];
  if (next === undefined || next.gap === "\n") return true;
  // "3.5", "U.S.", "news.am": nothing between the mark and what follows.
  if (next.gap === "") return false;
  if (tokens[at]!.folded === "." && at + 1 === behind && isAbbreviated(tokens, at, original, writing))
    return opensSentence(next, tokens, at, original, writing);
  return !beginsSmall(tokens, behind, original);
}

/** "Gen.", "г.", an initial ("А. Н. Петров") or, where ordinals have a stop, a small number ("2. Ordu"). */
function isAbbreviated(tokens: readonly Token[], at: number, original: string, writing: Writing): boolean {
  const before = tokens[at - 1];
  if (before === undefined || tokens[at]!.gap !== "") return false;
  if (before.kind === "digits") return writing.ordinalStop && before.folded.length === 1;
  if (before.kind !== "word") return false;
  return writing.abbreviations.has(before.folded) || (before.folded.length === 1 && hasCase(original[before.start]!));
}

/** "at 9 a.m. The toll", «в 2020 г. В Ереване»: a frequent word with a capital begins a sentence even behind an abbreviation. */
function opensSentence(next: Token, tokens: readonly Token[], at: number, original: string, writing: Writing): boolean {
  if (next.kind !== "word" || !writing.openers.has(next.folded) || !isCapital(original[next.start]!)) return false;
  const before = tokens[at - 1]!;
  // «А. И. Петров»: initials; but "the U.S. The".
  const initial = before.folded.length === 1 && isCapital(original[before.start]!);
  return !initial || (before.gap === "" && tokens[at - 2]?.folded === ".");
}

/** Georgian letters have capitals in Unicode that no sentence begins with. */
function hasCase(letter: string): boolean {
  return letter.toLowerCase() !== letter.toUpperCase() && (letter < "\u10d0" || letter > "\u10ff");
}

function isCapital(letter: string): boolean {
  return letter !== letter.toLowerCase();
}

/** Whether what follows begins with a small letter, so that the sentence goes on ("«Хватит!» — сказал он"). */
function beginsSmall(tokens: readonly Token[], from: number, original: string): boolean {
  let at = from;
  while (at < tokens.length && at < from + 3 && OPENING.has(tokens[at]!.folded)) at += 1;
  const token = tokens[at];
  if (token === undefined || token.kind !== "word") return false;
  const letter = original[token.start]!;
  return hasCase(letter) && !isCapital(letter);
}

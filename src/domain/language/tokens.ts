import { type FoldedText, originalEnd } from "./folding.ts";

/** A word, a run of digits, or one punctuation mark, in the order of the text. */
export interface Token {
  readonly kind: "word" | "digits" | "punctuation";
  /** The folded spelling, without `suffix`. Digits keep their separators: "1,500", "20:00", "7.5". */
  readonly folded: string;
  /** Other spellings under which the word may be looked up: without clitics («والجنود» → «الجنود», «جنود»). */
  readonly forms: readonly string[];
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
}

const TOKEN = /[\p{L}\p{M}]+|\d+(?:[.,:]\d+)*|\n+|[^\s\p{L}\p{M}\d]/gu;

/** Splits a folded text into tokens whose spans point into the original. Linear in the length of the text. */
export function tokenize(text: FoldedText, writing: WordWriting): Token[] {
  const { folded, offsets } = text;
  const pieces = [...folded.matchAll(TOKEN)].map((match) => ({ text: match[0], at: match.index }));
  const tokens: Token[] = [];
  let previousEnd = 0;
  let gapMark: "" | "-" | "'" = "";
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index]!;
    if (piece.text.startsWith("\n")) continue;
    const end = piece.at + piece.text.length;
    const next = pieces[index + 1];
    const tight = previousEnd === piece.at;
    if (
      (piece.text === "-" || piece.text === "'") &&
      tight &&
      isWordOrDigits(tokens.at(-1)) &&
      next?.at === end &&
      /^[\p{L}\p{M}\d]/u.test(next.text)
    ) {
      gapMark = piece.text;
      previousEnd = end;
      continue;
    }
    const gap = tight
      ? gapMark
      : folded.slice(previousEnd, piece.at).includes("\n")
        ? "\n"
        : tokens.length === 0
          ? ""
          : " ";
    const last = tokens.at(-1);
    if (last && isSuffix(last, gap, piece.text, writing)) {
      tokens[tokens.length - 1] = { ...last, suffix: piece.text, end: originalEnd(text, end) };
    } else {
      tokens.push({
        kind: /^\d/.test(piece.text) ? "digits" : /^[\p{L}\p{M}]/u.test(piece.text) ? "word" : "punctuation",
        folded: piece.text,
        forms: formsOf(piece.text, writing),
        suffix: "",
        gap,
        start: offsets[piece.at] ?? 0,
        end: originalEnd(text, end),
        stemEnd: originalEnd(text, end),
      });
    }
    gapMark = "";
    previousEnd = end;
  }
  return tokens;
}

function isWordOrDigits(token: Token | undefined): token is Token {
  return token !== undefined && token.kind !== "punctuation";
}

/** A short run of letters behind an apostrophe is a case ending, unless the word before is an elided article. */
function isSuffix(last: Token, gap: Token["gap"], piece: string, writing: WordWriting): boolean {
  if (last.kind === "punctuation" || last.suffix !== "" || !/^[\p{L}\p{M}]/u.test(piece)) return false;
  if (gap === "'") return !writing.elisions.has(last.folded) && (last.kind === "digits" || last.folded.length > 1);
  return gap === "-" && last.kind === "digits" && piece.length <= 3;
}

/** The spellings under which a word is looked up; the word itself first. */
export function formsOf(word: string, writing: WordWriting): string[] {
  const forms = [word];
  for (const prefix of writing.prefixes) {
    if (word.startsWith(prefix) && word.length - prefix.length >= writing.minimumStem)
      forms.push(word.slice(prefix.length));
  }
  return forms;
}

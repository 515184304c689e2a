import { foldText } from "../language/folding.ts";
import { type Token, tokenize, type WordWriting } from "../language/tokens.ts";

/** A word of a text as the search knows it. */
export interface SearchWord {
  /** The spellings under which it is found: the folded word itself, then without clitics; no accents in any. */
  readonly keys: readonly string[];
  /** Span in the original, UTF-16 code units, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** What stands before it, as in tokens. */
  readonly gap: Token["gap"];
}

/** So much of each field can be searched; what stands further back in a very long text cannot. */
export const SEARCHED_LENGTH = 20_000;
const LONGEST_KEY = 64;

/** How words are split for the search: one way for all languages, because what is asked for has none. */
export function searchWriting(writings: Iterable<WordWriting>): WordWriting {
  const all = [...writings];
  const prefixes = new Set(all.flatMap((writing) => writing.prefixes));
  return {
    prefixes: [...prefixes].sort((a, b) => b.length - a.length),
    minimumStem: Math.max(...all.map((writing) => (writing.prefixes.length > 0 ? writing.minimumStem : 0)), 2),
    elisions: new Set(all.flatMap((writing) => [...writing.elisions])),
    hyphenEndings: new Set(all.flatMap((writing) => [...writing.hyphenEndings])),
  };
}

/** The words of a text in order; marks are left out. Linear in the length of the text. */
export function searchWords(text: string, writing: WordWriting): SearchWord[] {
  const words: SearchWord[] = [];
  for (const token of tokenize(foldText(text.slice(0, SEARCHED_LENGTH)), writing)) {
    if (token.kind === "punctuation") continue;
    const { start, end, gap } = token;
    words.push({ keys: keysOf(token), start, end, gap });
  }
  return words;
}

function keysOf({ kind, folded, forms }: Token): string[] {
  if (kind === "digits") return [searchKey(folded.replace(/[.,]/g, ""))];
  return [...new Set(forms.map(searchKey))];
}

const ACCENTED = /[\u00c0-\u024f\u0259\u1e00-\u1eff]/;
/** Letters that stand for a plain one and are no plain letter with a mark. */
const PLAIN = new Map([
  ["ə", "e"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
]);

/**
 * The spelling under which a folded word is searched: Latin letters lose their accents too, which folding keeps because
 * they tell words apart. Whoever searches may have no such keys.
 */
function searchKey(folded: string): string {
  const key = ACCENTED.test(folded)
    ? folded
        .normalize("NFD")
        .replace(/[\u0300-\u036f]/g, "")
        .replace(/[əøłđßæœ]/g, (letter) => PLAIN.get(letter)!)
    : folded;
  return key.slice(0, LONGEST_KEY);
}

/** The keys of title and text with their places, as far apart that no phrase reaches from one into the other. */
export function searchPlaces(
  { title, text }: { readonly title: string; readonly text: string },
  writing: WordWriting,
): Map<string, number[]> {
  const places = new Map<string, number[]>();
  const inTitle = searchWords(title, writing);
  const add = (words: readonly SearchWord[], offset: number): void => {
    for (const [index, { keys }] of words.entries())
      for (const key of keys) {
        const known = places.get(key);
        if (known) known.push(offset + index);
        else places.set(key, [offset + index]);
      }
  };
  add(inTitle, 1);
  add(searchWords(text, writing), inTitle.length + 3);
  return places;
}

import type { WordWriting } from "../language/tokens.ts";
import { searchWords } from "./search-words.ts";

/** One thing that a text must have: a word, a beginning of a word, or several words in a row. */
export interface SearchTerm {
  /** Keys in a row; one of them unless the words were in quotes or joined. */
  readonly keys: readonly string[];
  /** The last key is the beginning of a word. */
  readonly open: boolean;
}

/** Words in quotes are meant exactly as they stand, of whatever shape the quotes are. */
const QUOTED = /["«“„]([^"»”“]*)["»”“]/g;
/** A shorter word is meant whole: its beginning would be found everywhere. */
const LEAST_OPEN = 3;
/** As much as anyone types; each term costs a look into the index. */
const MOST_TERMS = 12;

/**
 * What a line of search means: every word must be there, from its beginning on (so that inflected words are found);
 * words in quotes must stand in a row and whole. A star asks for the beginning of a short word too.
 */
export function readSearch(line: string, writing: WordWriting): SearchTerm[] {
  const terms: SearchTerm[] = [];
  const rest = line.replace(QUOTED, (_all, inside: string) => {
    const keys = searchWords(inside, writing).map((word) => word.keys[0]!);
    if (keys.length > 0) terms.push({ keys, open: false });
    return " ";
  });
  const words = searchWords(rest, writing);
  const isLetter = ({ keys }: (typeof words)[number]) => keys[0]!.length === 1 && !/\d/.test(keys[0]!);
  const telling = words.filter((word) => !isLetter(word));
  for (const { keys, end } of telling.length > 0 || terms.length > 0 ? telling : words) {
    const key = keys[0]!;
    const starred = rest[end] === "*" && key.length > 1;
    terms.push({ keys: [key], open: starred || (key.length >= LEAST_OPEN && !/^\d/.test(key)) });
  }
  return terms.slice(0, MOST_TERMS);
}

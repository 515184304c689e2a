/** A spelling and what is known of it, shared by all its tokens: a language's words come again and again. */
export interface Word {
  /** The word itself, then without each of its clitics. */
  readonly forms: readonly string[];
  /** By matcher: where its phrases go on behind this word. Filled by the matchers as they meet it. */
  readonly openings: (readonly unknown[] | undefined)[];
}

/** Words remembered of a language; an item of news brings few new ones. */
const REMEMBERED = 60_000;

const remembered = new WeakMap<object, Map<string, Word>>();

/** The word of a spelling; `writing` stands for the language, whose words are kept apart from those of others. */
export function wordOf(folded: string, writing: object, formsOf: (folded: string) => readonly string[]): Word {
  let words = remembered.get(writing);
  if (words === undefined || words.size >= REMEMBERED) {
    words = new Map();
    remembered.set(writing, words);
  }
  const known = words.get(folded);
  if (known !== undefined) return known;
  const word = { forms: formsOf(folded), openings: [] };
  words.set(folded, word);
  return word;
}

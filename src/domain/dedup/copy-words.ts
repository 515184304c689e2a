import { foldPhrase } from "../language/folding.ts";
import { hashText } from "./hashing.ts";

/** What a word that bears on polarity or modality says; bits, so that one word may carry several. */
export const MARKS = { negated: 1, possible: 2, future: 4 } as const;

/** How one word takes part in the comparison of texts. */
export interface WordClass {
  /** Hash of the stem under which the word is compared. */
  readonly stem: number;
  /** Sum of `MARKS`; 0 for most words. */
  readonly marks: number;
  /** Says only polarity, modality or tense: it is no part of the sequence of words. */
  readonly dropped: boolean;
  /** Too frequent to tell reports apart. */
  readonly common: boolean;
  /** Words of one group say opposite things: +1 or -1 ("confirmed" / "denied"). */
  readonly opposite: { readonly group: number; readonly pole: 1 | -1 } | null;
}

/** Words as `copies.yaml` of a language lists them; a final `*` stands for any ending. */
export interface CopyWordLists {
  /** How many letters of a word are compared: the ending says case and tense. */
  readonly stem: number;
  readonly common: readonly string[];
  readonly auxiliaries: readonly string[];
  readonly negation: MarkWords;
  readonly possibility: MarkWords;
  readonly future: MarkWords;
  /** Pairs of lists that say opposite things of one matter. */
  readonly opposites: readonly (readonly [readonly string[], readonly string[]])[];
}

/**
 * Words of their own, beginnings that are taken off (of "a+b" the a alone), and letters inside a word behind its second
 * letter.
 */
export interface MarkWords {
  readonly words: readonly string[];
  readonly beginnings: readonly string[];
  readonly inside: readonly string[];
}

/** Tells how a word, given folded, takes part in the comparison of texts of one language. */
export type CopyWords = (word: string) => WordClass;

const CACHE_LIMIT = 5_000;
const SHORTEST_REST = 3;

interface CompiledLists {
  readonly stem: number;
  readonly common: (word: string) => boolean;
  readonly auxiliary: (word: string) => boolean;
  readonly marks: readonly {
    bit: number;
    words: (word: string) => boolean;
    beginnings: readonly Beginning[];
    inside: readonly string[];
  }[];
  readonly opposites: readonly { group: number; plus: (word: string) => boolean; minus: (word: string) => boolean }[];
}

/** Compiles a language's word lists. */
export function compileCopyWords(lists: CopyWordLists): CopyWords {
  const compiled: CompiledLists = {
    stem: lists.stem,
    common: oneOf(lists.common),
    auxiliary: oneOf(lists.auxiliaries),
    marks: [
      { bit: MARKS.negated, ...markWords(lists.negation) },
      { bit: MARKS.possible, ...markWords(lists.possibility) },
      { bit: MARKS.future, ...markWords(lists.future) },
    ],
    opposites: lists.opposites.map(([plus, minus], index) => ({
      group: index + 1,
      plus: oneOf(plus),
      minus: oneOf(minus),
    })),
  };
  const cache = new Map<string, WordClass>();
  return (word) => {
    const known = cache.get(word);
    if (known) return known;
    const found = classOf(word, compiled);
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(word, found);
    return found;
  };
}

function classOf(word: string, lists: CompiledLists): WordClass {
  let marks = 0;
  let own = false;
  let rest = word;
  for (const mark of lists.marks) {
    if (mark.words(word)) {
      marks |= mark.bit;
      own = true;
      continue;
    }
    const beginning = mark.beginnings.find(
      ({ whole, off }) => word.startsWith(whole) && word.length - off >= SHORTEST_REST,
    );
    if (beginning !== undefined) {
      marks |= mark.bit;
      rest = word.slice(beginning.off);
    } else if (mark.inside.some((part) => word.indexOf(part, 2) >= 0)) marks |= mark.bit;
  }
  const group = lists.opposites.find((pair) => pair.plus(word) || pair.minus(word));
  return {
    stem: hashText(rest.slice(0, lists.stem)),
    marks,
    dropped: own || lists.auxiliary(word),
    common: own || lists.common(word) || word.length < 2,
    opposite: group ? { group: group.group, pole: group.plus(word) ? 1 : -1 } : null,
  };
}

interface Beginning {
  readonly whole: string;
  /** How many letters of it are taken off. */
  readonly off: number;
}

function beginningOf(written: string): Beginning {
  const [off = "", kept = ""] = foldPhrase(written).split("+");
  return { whole: off + kept, off: off.length };
}

function markWords(mark: MarkWords) {
  return {
    words: oneOf(mark.words),
    beginnings: mark.beginnings.map(beginningOf),
    inside: mark.inside.map(foldPhrase),
  };
}

/** Whether a word is one of a list; linear in the word's length, not in the list's. */
function oneOf(list: readonly string[]): (word: string) => boolean {
  const whole = new Set<string>();
  const open = new Set<string>();
  let shortest = Number.POSITIVE_INFINITY;
  for (const entry of list) {
    const folded = foldPhrase(entry);
    if (!folded.endsWith("*")) whole.add(folded);
    else {
      open.add(folded.slice(0, -1));
      shortest = Math.min(shortest, folded.length - 1);
    }
  }
  return (word) => {
    if (whole.has(word)) return true;
    for (let length = shortest; length <= word.length; length += 1) if (open.has(word.slice(0, length))) return true;
    return false;
  };
}

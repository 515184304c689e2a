/** A spelling and what is known of it, shared by all its tokens: a language's words come again and again. */
export interface Word {
  readonly folded: string;
  /** The word itself, then without each of its clitics. */
  readonly forms: readonly string[];
  /** Its place in its vocabulary, from 0 without gaps. */
  readonly id: number;
  readonly vocabulary: Vocabulary;
}

/** The words met so far in a language, found by their letters without a string of them being made first. */
export interface Vocabulary {
  readonly words: Word[];
  /** Open addressing: at the hash of a word's letters, or the next free place, its `id` + 1. */
  readonly places: Int32Array;
}

/** Words remembered of a language; an item of news brings few new ones. */
const REMEMBERED = 60_000;
/** A power of two, at least double REMEMBERED, so that few words share a way. */
const PLACES = 1 << 17;

const remembered = new WeakMap<object, Vocabulary>();

/** Whether it takes no further words; one that did would grow without end. */
export function isFull({ words }: Vocabulary): boolean {
  return words.length >= REMEMBERED;
}

/** The vocabulary of a language, which `writing` stands for; begun anew when it is full. */
export function vocabularyOf(writing: object): Vocabulary {
  const known = remembered.get(writing);
  if (known !== undefined && !isFull(known)) return known;
  const vocabulary = { words: [], places: new Int32Array(PLACES) };
  remembered.set(writing, vocabulary);
  return vocabulary;
}

/** The word whose spelling is `text` from `start` to `end`; a new one takes its forms from `formsOf`. */
export function wordAt(
  vocabulary: Vocabulary,
  text: string,
  start: number,
  end: number,
  formsOf: (folded: string) => readonly string[],
): Word {
  const { words, places } = vocabulary;
  let hash = 0;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  let place = (hash ^ (hash >>> 15)) & (PLACES - 1);
  for (;;) {
    const id = places[place]! - 1;
    if (id < 0) break;
    const word = words[id]!;
    if (isSpelled(word.folded, text, start, end)) return word;
    place = (place + 1) & (PLACES - 1);
  }
  const folded = copied(text, start, end);
  const word = { folded, forms: formsOf(folded), id: words.length, vocabulary };
  words.push(word);
  places[place] = word.id + 1;
  return word;
}

function isSpelled(folded: string, text: string, start: number, end: number): boolean {
  if (folded.length !== end - start) return false;
  for (let at = 0; at < folded.length; at += 1) if (folded.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  return true;
}

/** A copy of its own: a slice would keep the whole text in memory for as long as the word is remembered. */
function copied(text: string, start: number, end: number): string {
  let copy = "";
  for (let at = start; at < end; at += LONGEST_CALL)
    copy += String.fromCharCode(...unitsOf(text, at, Math.min(end, at + LONGEST_CALL)));
  return copy;
}

/** More arguments than these overflow the stack of some engines. */
const LONGEST_CALL = 4096;

function unitsOf(text: string, start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => text.charCodeAt(start + index));
}

/** What is known of a word by its vocabulary and id; `undefined` is not yet known. */
type Row<T> = (T | undefined)[];

/** Remembers what `find` says of every word: one met before costs a look into an array. `find` is pure. */
export function rememberByWord<T extends object | boolean>(find: (word: Word) => T): (word: Word) => T {
  const rows = new WeakMap<Vocabulary, Row<T>>();
  let vocabulary: Vocabulary | null = null;
  let row: Row<T> = [];
  return (word) => {
    if (word.vocabulary !== vocabulary) {
      vocabulary = word.vocabulary;
      row = rows.get(vocabulary) ?? [];
      rows.set(vocabulary, row);
    }
    const known = row[word.id];
    if (known !== undefined) return known;
    // Without holes, the engine keeps a plain array.
    while (row.length <= word.id) row.push(undefined);
    const found = find(word);
    row[word.id] = found;
    return found;
  };
}

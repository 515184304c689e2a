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

/**
 * Words remembered of a language, of some 300 bytes each with all that is known of them; an item of news brings few new
 * ones. A power of two, as what is known of them lies in rows that double. With half as many, a mixture of seven languages
 * is read a tenth more slowly; with twice as many, a process that reads seven languages holds 20 MB more.
 */
const REMEMBERED = 8192;
/** A power of two, at least double REMEMBERED, so that few words share a way. */
const PLACES = 1 << 14;

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

/** What is known of the words of a vocabulary: by a word's id, the place of it among `found` + 1; 0: not yet known. */
interface Row<T> {
  places: Uint16Array;
  readonly found: T[];
  /** Most words have the same to be said of them, which is kept once. */
  readonly placeOf: Map<T, number>;
}

/** Places a row begins with; it doubles as words come. */
const FIRST_PLACES = 1024;

/**
 * Remembers what `find` says of every word: one met before costs a look into an array. `find` is pure. A language has
 * dozens of these for its thousands of words, so a word takes two bytes in each.
 */
export function rememberByWord<T extends object | boolean>(find: (word: Word) => T): (word: Word) => T {
  const rows = new WeakMap<Vocabulary, Row<T>>();
  let vocabulary: Vocabulary | null = null;
  let row: Row<T> = newRow();
  return (word) => {
    if (word.vocabulary !== vocabulary) {
      vocabulary = word.vocabulary;
      row = rows.get(vocabulary) ?? newRow();
      rows.set(vocabulary, row);
    }
    const known = row.places[word.id];
    if (known !== undefined && known !== 0) return row.found[known - 1] as T;
    const found = find(word);
    note(row, word.id, found);
    return found;
  };
}

function newRow<T>(): Row<T> {
  return { places: new Uint16Array(FIRST_PLACES), found: [], placeOf: new Map() };
}

/** There are never more different finds than words, so that their places fit. */
function note<T>(row: Row<T>, id: number, found: T): void {
  if (id >= row.places.length) {
    let length = row.places.length;
    while (length <= id) length *= 2;
    const wider = new Uint16Array(length);
    wider.set(row.places);
    row.places = wider;
  }
  let place = row.placeOf.get(found);
  if (place === undefined) {
    place = row.found.push(found);
    row.placeOf.set(found, place);
  }
  row.places[id] = place;
}

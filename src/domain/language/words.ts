/** A spelling and what is known of it, shared by all its tokens: a language's words come again and again. */
export interface Word {
  readonly folded: string;
  /** The word itself, then without each of its clitics. */
  readonly forms: readonly string[];
  /** Its number in its vocabulary, from 0 without gaps. */
  readonly id: number;
  /** Of its letters. */
  readonly hash: number;
  readonly vocabulary: Vocabulary;
}

/** The words met so far in a language, found by their letters without a string of them being made first. */
export interface Vocabulary {
  size: number;
  /** Open addressing: a word lies at the hash of its letters, or at the next free place. */
  readonly places: (Word | null)[];
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
export function isFull({ size }: Vocabulary): boolean {
  return size >= REMEMBERED;
}

/** The vocabulary of a language, which `writing` stands for; begun anew when it is full. */
export function vocabularyOf(writing: object): Vocabulary {
  const known = remembered.get(writing);
  if (known !== undefined && !isFull(known)) return known;
  const vocabulary = { size: 0, places: new Array<Word | null>(PLACES).fill(null) };
  remembered.set(writing, vocabulary);
  return vocabulary;
}

/** The word whose spelling is `units` from `start` to `end`; a new one takes its forms from `formsOf`. */
export function wordAt(
  vocabulary: Vocabulary,
  units: Uint16Array,
  start: number,
  end: number,
  formsOf: (folded: string) => readonly string[],
): Word {
  const { places } = vocabulary;
  let hash = 0;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ units[at]!, 0x01000193);
  let place = (hash ^ (hash >>> 15)) & (PLACES - 1);
  for (let word = places[place] ?? null; word !== null; word = places[place] ?? null) {
    if (word.hash === hash && isSpelled(word.folded, units, start, end)) return word;
    place = (place + 1) & (PLACES - 1);
  }
  const folded = spelledOut(units, start, end);
  const word: Word = { folded, forms: formsOf(folded), id: vocabulary.size, hash, vocabulary };
  vocabulary.size += 1;
  places[place] = word;
  return word;
}

function isSpelled(folded: string, units: Uint16Array, start: number, end: number): boolean {
  if (folded.length !== end - start) return false;
  for (let at = 0; at < folded.length; at += 1) if (folded.charCodeAt(at) !== units[start + at]) return false;
  return true;
}

/** More arguments than these overflow the stack of some engines. */
const LONGEST_CALL = 4096;

/** The letters from `start` to `end` as a string. */
export function spelledOut(units: Uint16Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at += LONGEST_CALL)
    text += String.fromCharCode.apply(
      null,
      units.subarray(at, Math.min(end, at + LONGEST_CALL)) as unknown as number[],
    );
  return text;
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

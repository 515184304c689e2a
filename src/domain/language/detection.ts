import { SCRIPTS, type Script, type Writing } from "./writing.ts";

/** Tells the language of a text (ISO 639-1, "und" where it has no letters); `hint` is what the feed claims. */
export type Detector = (text: string, hint?: string) => string;

/** Detection looks at this much of a text; more adds nothing. */
const SAMPLE = 1200;
/** A hint outweighs the text unless the text speaks clearly for another language of the same script. */
const HINT_WEIGHT = 4;
/** A letter that sets a language apart counts this much, a frequent word 1, each shared among the languages that have it. */
const LETTER_WEIGHT = 0.5;
/** An ending of three letters counts this much. */
const ENDING_WEIGHT = 0.5;
/** Texts shorter than this may lack a letter that their language uses all the time. */
const LETTERS_TO_EXPECT = 20;
const MISSING_LETTER_FACTOR = 0.3;
const LONGEST_WORD = 8;
const UNITS = 0x10000;
const ENDING = 3;

interface Profile {
  readonly iso: string;
  readonly script: Script;
  /** Numbers of letters among the clues. */
  readonly expected: readonly number[];
  readonly prior: number;
}

/** A word or an ending, and the numbers of the languages that have it. */
interface Clue {
  readonly text: string;
  readonly owners: readonly number[];
  /** Another of the same hash. */
  readonly other: Clue | undefined;
}

/** What tells languages apart. Words and endings are found by the hash of their letters: no string is cut out for it. */
interface Clues {
  readonly words: ReadonlyMap<number, Clue>;
  /** By first letter, a bit for each length that a word beginning so has: rules most words out without a look-up. */
  readonly lengths: Uint16Array;
  readonly endings: ReadonlyMap<number, Clue>;
  /** 1 for the last letter of an ending. */
  readonly lastLetters: Uint8Array;
  /** The number of a letter that some languages have, from 1; 0 for others. */
  readonly letters: Uint16Array;
  /** By the number of a letter, the languages that have it. */
  readonly letterOwners: readonly (readonly number[])[];
}

/** What a sample shows: letters per script, and evidence per language. */
interface Evidence {
  readonly letters: Uint32Array;
  readonly scores: Float64Array;
  /** 1 at the number of a letter that it has. */
  readonly seen: Uint8Array;
}

/** Builds the detector from what the languages say of themselves: script first, then letters and frequent words. */
export function compileDetector(languages: ReadonlyMap<string, Writing>): Detector {
  const clues = cluesOf([...languages.values()]);
  const profiles = [...languages].map(
    ([folder, writing]): Profile => ({
      // A language of two scripts has a folder for each: sr, sr-latn.
      iso: folder.split("-")[0]!,
      script: writing.script,
      expected: codesOf(writing.expected).map((code) => clues.letters[code]!),
      prior: writing.prior,
    }),
  );
  return (text, hint) => {
    const claimed = hint?.toLowerCase().split(/[-_]/)[0];
    const evidence = gather(text.slice(0, SAMPLE).toLowerCase(), clues, profiles.length);
    const script = mainScript(evidence.letters);
    if (script === null) return claimed ?? "und";
    return mostLikely(profiles, script, evidence, claimed);
  };
}

function cluesOf(languages: readonly Writing[]): Clues {
  const words = sharedBy(languages.map((writing) => writing.functionWords));
  const endings = sharedBy(languages.map((writing) => writing.endings));
  const letters = new Uint16Array(UNITS);
  const letterOwners: (readonly number[])[] = [[]];
  for (const [code, owners] of sharedBy(languages.map((writing) => codesOf(writing.letters))))
    letters[code] = letterOwners.push(owners) - 1;
  const lengths = new Uint16Array(UNITS);
  for (const word of words.keys()) lengths[word.charCodeAt(0)]! |= 1 << word.length;
  const lastLetters = new Uint8Array(UNITS);
  for (const ending of endings.keys()) lastLetters[ending.charCodeAt(ending.length - 1)] = 1;
  return { words: byHash(words), lengths, endings: byHash(endings), lastLetters, letters, letterOwners };
}

function byHash(ownersOf: ReadonlyMap<string, readonly number[]>): ReadonlyMap<number, Clue> {
  const clues = new Map<number, Clue>();
  for (const [text, owners] of ownersOf) {
    const hash = hashOf(text, 0, text.length);
    clues.set(hash, { text, owners, other: clues.get(hash) });
  }
  return clues;
}

function hashOf(text: string, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

const NOBODY: readonly number[] = [];

/** The languages that have what stands from `start` to `end`. */
function ownersAt(clues: ReadonlyMap<number, Clue>, sample: string, start: number, end: number): readonly number[] {
  for (let clue = clues.get(hashOf(sample, start, end)); clue !== undefined; clue = clue.other)
    if (isAt(clue.text, sample, start, end)) return clue.owners;
  return NOBODY;
}

function isAt(text: string, sample: string, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) !== sample.charCodeAt(start + at)) return false;
  return true;
}

function mostLikely(
  profiles: readonly Profile[],
  script: Script,
  evidence: Evidence,
  claimed: string | undefined,
): string {
  const total = evidence.letters[SCRIPTS.indexOf(script)]!;
  let best = claimed !== undefined && !profiles.some(({ iso }) => iso === claimed) ? claimed : "und";
  let bestScore = best === "und" ? -1 : HINT_WEIGHT;
  for (const [index, profile] of profiles.entries()) {
    if (profile.script !== script) continue;
    let score = evidence.scores[index]!;
    if (total >= LETTERS_TO_EXPECT && !hasAll(evidence.seen, profile.expected)) score *= MISSING_LETTER_FACTOR;
    score += profile.prior;
    if (profile.iso === claimed) score += HINT_WEIGHT;
    if (score <= bestScore) continue;
    best = profile.iso;
    bestScore = score;
  }
  return best;
}

function hasAll(seen: Uint8Array, letters: readonly number[]): boolean {
  return letters.every((letter) => seen[letter] === 1);
}

function gather(sample: string, clues: Clues, languages: number): Evidence {
  const counts = new Uint32Array(SCRIPTS.length);
  const scores = new Float64Array(languages);
  const seen = new Uint8Array(clues.letterOwners.length);
  let start = -1;
  for (let index = 0; index <= sample.length; index += 1) {
    const code = index < sample.length ? sample.charCodeAt(index) : 0x20;
    const script = scriptIndex(code);
    if (script === NO_LETTER) {
      if (start >= 0) creditWord(sample, start, index, clues, scores);
      start = -1;
      continue;
    }
    if (start < 0) start = index;
    counts[script]! += 1;
    const letter = clues.letters[code]!;
    if (letter === 0) continue;
    seen[letter] = 1;
    credit(scores, clues.letterOwners[letter]!, LETTER_WEIGHT);
  }
  return { letters: counts, scores, seen };
}

function creditWord(sample: string, start: number, end: number, clues: Clues, scores: Float64Array): void {
  const length = end - start;
  if (length <= LONGEST_WORD && (clues.lengths[sample.charCodeAt(start)]! & (1 << length)) !== 0)
    credit(scores, ownersAt(clues.words, sample, start, end), 1);
  if (length > ENDING + 1 && clues.lastLetters[sample.charCodeAt(end - 1)] === 1)
    credit(scores, ownersAt(clues.endings, sample, end - ENDING, end), ENDING_WEIGHT);
}

function credit(scores: Float64Array, owners: readonly number[], weight: number): void {
  const share = weight / owners.length;
  for (let index = 0; index < owners.length; index += 1) scores[owners[index]!]! += share;
}

function mainScript(letters: Uint32Array): Script | null {
  let best = 0;
  for (let index = 1; index < letters.length; index += 1) if (letters[index]! > letters[best]!) best = index;
  return letters[best] === 0 ? null : SCRIPTS[best]!;
}

function codesOf(text: string): number[] {
  return [...new Set([...text].map((letter) => letter.charCodeAt(0)))];
}

/** Which languages (by number) list each key. */
function sharedBy<K>(lists: readonly (readonly K[])[]): ReadonlyMap<K, readonly number[]> {
  const owners = new Map<K, number[]>();
  for (const [language, list] of lists.entries()) {
    for (const key of new Set(list)) {
      const known = owners.get(key);
      if (known) known.push(language);
      else owners.set(key, [language]);
    }
  }
  return owners;
}

const NO_LETTER = 0xfe;
const scripts = new Uint8Array(UNITS).fill(0xff);

/** The place of a letter's script in SCRIPTS; NO_LETTER for other characters. */
function scriptIndex(code: number): number {
  if (scripts[code] === 0xff) {
    const script = scriptOf(code);
    scripts[code] = script === null ? NO_LETTER : SCRIPTS.indexOf(script);
  }
  return scripts[code]!;
}

const BLOCKS: readonly (readonly [number, number, Script])[] = [
  [0x41, 0x24f, "latin"],
  [0x1e00, 0x1eff, "latin"],
  [0x400, 0x52f, "cyrillic"],
  [0x620, 0x6d3, "arabic"],
  [0xfb50, 0xfdff, "arabic"],
  [0xfe70, 0xfefc, "arabic"],
  [0x531, 0x587, "armenian"],
  [0x10a0, 0x10ff, "georgian"],
  [0x1c90, 0x1cbf, "georgian"],
  [0x370, 0x3ff, "greek"],
  [0x1f00, 0x1fff, "greek"],
  [0x5d0, 0x5ea, "hebrew"],
];

function scriptOf(code: number): Script | null {
  if (code === 0x259) return "latin";
  if (!/\p{L}/u.test(String.fromCharCode(code))) return null;
  return BLOCKS.find(([from, to]) => code >= from && code <= to)?.[2] ?? "other";
}

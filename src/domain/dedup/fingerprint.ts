import type { EntityMention } from "../classify/entities.ts";
import type { FieldReading } from "../language/reading.ts";
import { type CopyRules, wordsOf } from "./copy-rules.ts";
import { markCreditLines } from "./credit-lines.ts";
import { hashLong, hashNumbers, hashText } from "./hashing.ts";
import { factCode, type Sketch, sampleOf } from "./sketch.ts";
import { isFigure, readStream, type StreamWord, valueOf } from "./stream.ts";

/** A figure as the reading of claims gives it, as far as copies need it. */
export interface Toll {
  readonly measure: string;
  readonly party: string;
  readonly civilian: boolean;
  readonly value: number | null;
  readonly role: string;
}

/** A field as read, with the names of the story found in it. */
export interface CopyField {
  readonly reading: FieldReading;
  readonly entities: readonly EntityMention[];
}

/** What a fingerprint is taken of: an item as read once. */
export interface CopyInput {
  readonly lang: string;
  /** Title first where there is one. */
  readonly fields: readonly CopyField[];
  /** The canonical URL; null where the item has none, or one that does not name the item (a site's front page). */
  readonly url: string | null;
  /** Figures read from the item, where they are at hand. */
  readonly tolls?: readonly Toll[];
}

/**
 * An item's fingerprint. The index (in memory or in the ledger) stores `sketch` under each of `keys` and under `exact`;
 * a lookup asks for the newest items under any of them.
 */
export interface Fingerprint {
  /** 64-bit hash of the normalised text without credit lines (with the title where the text is short); null when empty. */
  readonly exact: string | null;
  /** The canonical URL, to be looked up as it stands. */
  readonly url: string | null;
  /** At most 30 signed 32-bit integers (PostgreSQL `integer`), different, in no order of meaning. */
  readonly keys: readonly number[];
  readonly sketch: Sketch;
}

const SHINGLES_KEPT = 80;
const WORDS_KEPT = 64;
const NUMBERS_KEPT = 40;
const FACTS_KEPT = 24;
const MARKS_KEPT = 16;
const SHINGLE_KEYS = 16;
const PAIR_KEYS = 10;
/** A shorter text identifies no report without its title. */
const TELLING_WORDS = 12;
/** A title of fewer words is a rubric ("News of the day"), not a headline. */
const TELLING_TITLE = 5;
/** Below this the title's words are needed to have sequences at all. */
const WORDS_FOR_SHINGLES = 5;

/** Takes an item's fingerprint. Linear in the length of the text. */
export function fingerprint(input: CopyInput, rules: CopyRules): Fingerprint {
  const words = wordsOf(input.lang, rules);
  const streams = { title: [] as StreamWord[], text: [] as StreamWord[] };
  const kept = { title: [] as string[], text: [] as string[] };
  for (const { reading, entities } of input.fields) {
    const credit = reading.field === "text" ? markCreditLines(reading, rules.credits) : null;
    streams[reading.field] = readStream(reading, entities, words, credit);
    kept[reading.field] = reading.tokens
      .filter((token, index) => token.kind !== "punctuation" && credit?.[index] !== 1)
      .map((token) => token.folded + token.suffix);
  }
  const body = streams.text.length >= WORDS_FOR_SHINGLES ? streams.text : [...streams.title, ...streams.text];
  const all = [...streams.title, ...streams.text];
  const shingles = shinglesOf(body);
  const sketch: Sketch = {
    lang: input.lang,
    url: input.url === null ? 0 : hashText(input.url),
    title: kept.title.length >= TELLING_TITLE ? hashText(kept.title.join(" ")) : 0,
    text: kept.text.length >= TELLING_WORDS ? hashText(kept.text.join(" ")) : 0,
    shingles: sampleOf(shingles, SHINGLES_KEPT),
    words: sampleOf(
      all.filter((word) => !word.common && !word.isNumber).map(({ key }) => key),
      WORDS_KEPT,
    ),
    ...numbersOf(input.fields),
    facts: factsOf(streams.title, streams.text),
    marks: marksOf(body),
    tolls: tollsOf(input.tolls ?? []),
    persons: sampleOf(
      all.filter((word) => word.fact?.kind === "person").map((word) => word.fact!.value),
      WORDS_KEPT,
    ).hashes,
  };
  const telling = kept.text.length >= TELLING_WORDS ? kept.text : [...kept.title, ...kept.text];
  return {
    exact: telling.length === 0 ? null : hashLong(telling),
    url: input.url,
    keys: keysOf(sketch, all, input.lang),
    sketch,
  };
}

function shinglesOf(stream: readonly StreamWord[]): number[] {
  const shingles: number[] = [];
  for (let at = 1; at + 1 < stream.length; at += 1) shingles.push(shingleAt(stream, at));
  return shingles;
}

/** The sequence of three words around a place. */
function shingleAt(stream: readonly StreamWord[], at: number): number {
  return hashNumbers(stream[at - 1]!.key, stream[at]!.key, stream[at + 1]!.key);
}

function numbersOf(fields: readonly CopyField[]): Pick<Sketch, "numbers" | "figures" | "titleFigures"> {
  const numbers: number[] = [];
  const figures = { title: [] as number[], text: [] as number[] };
  for (const { reading } of fields) {
    for (const number of reading.numbers) {
      const value = valueOf(number);
      numbers.push(value);
      if (isFigure(number)) figures[reading.field].push(value);
    }
  }
  const inText = new Set(figures.text);
  return {
    numbers: sampleOf(numbers, NUMBERS_KEPT).hashes,
    figures: sampleOf(inText, NUMBERS_KEPT).hashes,
    titleFigures: sampleOf(
      figures.title.filter((value) => !inText.has(value)),
      NUMBERS_KEPT,
    ).hashes,
  };
}

/** Figures come first where there are more facts than are kept. */
function factsOf(...streams: readonly (readonly StreamWord[])[]): Uint32Array {
  const facts: { order: number; quadruple: readonly number[] }[] = [];
  for (const stream of streams) {
    for (const [at, { fact }] of stream.entries()) {
      if (!fact) continue;
      const masked = (offset: number): number | undefined => stream[at + offset]?.masked;
      const place = (side: number, one: number | undefined, two: number | undefined): number =>
        one === undefined || two === undefined ? 0 : hashNumbers(side, one, two);
      const places = [
        place(1, masked(-2), masked(-1)),
        place(2, masked(1), masked(2)),
        place(3, masked(-1), masked(1)),
      ];
      facts.push({ order: fact.kind === "figure" ? 0 : 1, quadruple: [...places, factCode(fact.kind, fact.value)] });
    }
  }
  facts.sort((one, two) => one.order - two.order);
  return Uint32Array.from(facts.slice(0, FACTS_KEPT).flatMap(({ quadruple }) => quadruple));
}

function marksOf(stream: readonly StreamWord[]): Uint32Array {
  const pairs: number[] = [];
  for (let at = 1; at + 1 < stream.length && pairs.length < 2 * MARKS_KEPT; at += 1) {
    if (stream[at]!.marks !== 0) pairs.push(shingleAt(stream, at), stream[at]!.marks);
  }
  return Uint32Array.from(pairs);
}

const NOT_CURRENT = new Set(["previous", "component", "denied", "background", "increment"]);

function tollsOf(tolls: readonly Toll[]): Uint32Array {
  return Uint32Array.from(
    tolls
      .filter(({ role, value, measure }) => value !== null && measure !== "other" && !NOT_CURRENT.has(role))
      .slice(0, MARKS_KEPT)
      .flatMap((toll) => [hashText(`${toll.measure} ${toll.party} ${toll.civilian}`), hashText(String(toll.value))]),
  );
}

/** The index entries: sampled sequences (verbatim copies, cut ones too), pairs of telling words and figures (reworded ones). */
function keysOf(sketch: Sketch, stream: readonly StreamWord[], lang: string): number[] {
  const language = hashText(lang);
  const telling = stream.filter((word) => !word.common && !word.isNumber);
  const pairs = telling.slice(1).map((word, index) => hashNumbers(telling[index]!.key, word.key));
  const figures = [...sketch.figures].sort((one, two) => one - two);
  const keys = new Set<number>();
  for (const hash of sketch.shingles.hashes.subarray(0, SHINGLE_KEYS)) keys.add(hashNumbers(language, 1, hash) | 0);
  for (const hash of sampleOf(pairs, PAIR_KEYS).hashes) keys.add(hashNumbers(language, 2, hash) | 0);
  if (figures.length > 1) keys.add(hashNumbers(language, 3, ...figures.slice(0, 2)) | 0);
  if (sketch.title !== 0) keys.add(hashNumbers(language, 4, sketch.title) | 0);
  return [...keys];
}

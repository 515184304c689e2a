import type { FieldReading } from "../language/reading.ts";
import { hashText, hashThree } from "./hashing.ts";
import { factCode, nameCode, type Sample, SEQUENCE_OPENS, type Sketch, sampleOf } from "./sketch.ts";
import { isFigure, numberHash, type StreamWord } from "./stream.ts";

/** A figure as the reading of claims gives it, as far as copies need it. */
export interface Toll {
  readonly measure: string;
  readonly party: string;
  readonly civilian: boolean;
  readonly value: number | null;
  readonly role: string;
}

const NUMBERS_KEPT = 40;
const NAMES_KEPT = 24;
const FACTS_KEPT = 20;
const MARKS_KEPT = 10;
const TOLLS_KEPT = 12;

/** The sequence of three words around a place. */
export function sequenceAt(stream: readonly StreamWord[], at: number): number {
  return hashThree(stream[at - 1]!.key, stream[at]!.key, stream[at + 1]!.key);
}

/** A field without its credit lines, for `skipped[token]` is 1. */
export interface Uncredited {
  readonly reading: FieldReading;
  readonly skipped: Uint8Array | null;
}

/** The numbers of all fields, and the figures among them, those of the title alone apart. */
export function numbersOf(fields: readonly Uncredited[]): Pick<Sketch, "numbers" | "figures" | "titleFigures"> {
  const numbers: number[] = [];
  const figures = { title: [] as number[], text: [] as number[] };
  for (const { reading, skipped } of fields) {
    for (const number of reading.numbers) {
      if (skipped?.[number.first] === 1) continue;
      const value = numberHash(number);
      numbers.push(value);
      if (isFigure(number, reading)) figures[reading.field].push(value);
    }
  }
  const titleOnly = figures.title.filter((value) => !figures.text.includes(value));
  return {
    numbers: sampleOf(numbers, NUMBERS_KEPT).hashes,
    figures: sampleOf(figures.text, NUMBERS_KEPT).hashes,
    titleFigures: sampleOf(titleOnly, NUMBERS_KEPT).hashes,
  };
}

/**
 * Names of the text, where they and the telling words are few enough to be compared completely. The lowest bit tells
 * sure names (1) from words that a sentence's start may have given their capital (0).
 */
export function namesOf(text: readonly StreamWord[], words: Sample): Uint32Array {
  const names: number[] = [];
  for (const { name, common, key } of text) if (name !== "no" && !common) names.push(nameCode(key, name === "surely"));
  const sample = sampleOf(names, NAMES_KEPT);
  return words.size > words.hashes.length || sample.size > NAMES_KEPT ? new Uint32Array(0) : sample.hashes;
}

/** Persons of the story that are named, and the sides for which they and others stand. */
export function actorsOf(stream: readonly StreamWord[]): Pick<Sketch, "persons" | "sides"> {
  const persons: number[] = [];
  const sides: number[] = [];
  for (const { fact, side } of stream) {
    if (fact?.kind === "person") persons.push(fact.value);
    if (side !== 0) sides.push(side);
  }
  return { persons: sampleOf(persons, NAMES_KEPT).hashes, sides: sampleOf(sides, NAMES_KEPT).hashes };
}

/** What stands in which place of the text. Figures come first where there are more facts than are kept. */
export function factsOf(stream: readonly StreamWord[]): Uint32Array {
  const figures: number[] = [];
  const others: number[] = [];
  for (const [at, { fact }] of stream.entries()) {
    if (!fact) continue;
    const [before2, before, after, after2] = [-2, -1, 1, 2].map((offset) => stream[at + offset]?.masked);
    const into = fact.kind === "figure" ? figures : others;
    into.push(
      place(1, before2, before),
      place(2, after, after2),
      place(3, before, after),
      factCode(fact.kind, fact.value),
    );
  }
  return Uint32Array.from([...figures, ...others].slice(0, 4 * FACTS_KEPT));
}

function place(side: number, one: number | undefined, two: number | undefined): number {
  return one === undefined || two === undefined ? 0 : hashThree(side, one, two);
}

/**
 * Each marked word under every sequence that holds it, so that a cut before or behind it hides nothing. A sequence that
 * stands in the text without the mark too is there twice, with its marks and with none.
 */
export function marksOf(stream: readonly StreamWord[]): Uint32Array {
  const pairs: number[] = [];
  const marked = new Set<number>();
  for (let word = 0; word < stream.length && pairs.length < 6 * MARKS_KEPT; word += 1) {
    const { marks } = stream[word]!;
    if (marks === 0) continue;
    const last = Math.min(stream.length - 2, word + 1);
    for (let at = Math.max(1, word - 1); at <= last; at += 1) {
      const sequence = sequenceAt(stream, at);
      marked.add(sequence);
      pairs.push(sequence, at === word + 1 ? marks | SEQUENCE_OPENS : marks);
    }
  }
  if (marked.size > 0) pairs.push(...unmarked(stream, marked));
  return Uint32Array.from(pairs);
}

function* unmarked(stream: readonly StreamWord[], marked: ReadonlySet<number>): Generator<number> {
  for (let at = 1; at + 1 < stream.length; at += 1) {
    if ((stream[at - 1]!.marks | stream[at]!.marks | stream[at + 1]!.marks) !== 0) continue;
    const sequence = sequenceAt(stream, at);
    if (marked.has(sequence)) yield* [sequence, 0];
  }
}

const NOT_CURRENT = new Set(["previous", "component", "denied", "background", "increment"]);

/** Current values by measure and party, and what is counted by party and value: 135 killed are not 135 missing. */
export function tollsOf(tolls: readonly Toll[]): Uint32Array {
  return Uint32Array.from(
    tolls
      .filter(({ role, value, measure }) => value !== null && measure !== "other" && !NOT_CURRENT.has(role))
      .slice(0, TOLLS_KEPT)
      .flatMap(({ measure, party, civilian, value }) => [
        ...[hashText(`${measure} ${party} ${civilian}`), hashText(String(value))],
        ...[hashText(`${party} ${value}`), hashText(measure)],
      ]),
  );
}

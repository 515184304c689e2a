import type { EntityMention } from "../classify/entities.ts";
import type { FieldReading } from "../language/reading.ts";
import {
  actorsOf,
  factsOf,
  marksOf,
  namesOf,
  numbersOf,
  sequenceAt,
  type Toll,
  tollsOf,
  type Uncredited,
} from "./asserted.ts";
import { type CopyRules, wordsOf } from "./copy-rules.ts";
import { markCreditLines } from "./credit-lines.ts";
import { hashLong, hashText } from "./hashing.ts";
import { indexKeys } from "./index-keys.ts";
import { type Sketch, sampleOf, wordCode } from "./sketch.ts";
import { isTelling, readStream, type StreamWord } from "./stream.ts";

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
 * An item's fingerprint. The index (in memory or in the ledger) stores `sketch` under each of `keys`, under `exact` and
 * under `url`; a lookup asks for the newest items under any of them.
 */
export interface Fingerprint {
  /** 64-bit hash of the normalised text without credit lines (with the title where the text is short); null when empty. */
  readonly exact: string | null;
  /** The canonical URL, to be looked up as it stands. */
  readonly url: string | null;
  /** At most 31 signed 32-bit integers (PostgreSQL `integer`), different, in no order of meaning. */
  readonly keys: readonly number[];
  readonly sketch: Sketch;
}

const SEQUENCES_KEPT = 72;
const WORDS_KEPT = 64;
/** A shorter text identifies no report without its title. */
const TELLING_WORDS = 12;
/** A title of fewer words is a rubric ("News of the day"), not a headline. */
const TELLING_TITLE = 5;
/** Below this the title's words are needed to have sequences at all, unless the few words are names and numbers. */
const WORDS_FOR_SEQUENCES = 3;
const WRITTEN_FOR_SEQUENCES = 4;
const NAMING_WORDS = 2;

/** A field's words as they are compared, and as they are written; credit lines left out. */
interface Part extends Uncredited {
  readonly stream: readonly StreamWord[];
  readonly written: readonly string[];
}

const NOTHING: Pick<Part, "stream" | "written"> = { stream: [], written: [] };

/** Takes an item's fingerprint. Linear in the length of the text. */
export function fingerprint(input: CopyInput, rules: CopyRules): Fingerprint {
  const parts = input.fields.map((field) => readPart(field, input.lang, rules));
  const [title, text] = ["title", "text"].map((name) => parts.find(({ reading }) => reading.field === name) ?? NOTHING);
  const all = parts.flatMap(({ stream }) => stream);
  const tells = text!.written.length >= TELLING_WORDS;
  const stands = standsAlone(text!);
  const body = stands ? text!.stream : all;
  const words = sampleOf(
    all.filter(isTelling).map(({ key }) => wordCode(key)),
    WORDS_KEPT,
  );
  const sequences = sequencesOf(body);
  const sketch: Sketch = {
    lang: input.lang,
    url: input.url === null ? 0 : hashText(input.url),
    title: title!.written.length >= TELLING_TITLE ? hashText(title!.written.join(" ")) : 0,
    text: tells ? hashText(text!.written.join(" ")) : 0,
    sequences: sampleOf(sequences, SEQUENCES_KEPT),
    opening: stands ? (sequences[0] ?? 0) : 0,
    words,
    names: namesOf(text!.stream, words),
    ...numbersOf(parts),
    facts: factsOf(stands ? text!.stream : all),
    marks: marksOf(body),
    tolls: tollsOf(input.tolls ?? []),
    ...actorsOf(body),
  };
  const identifying = tells ? text!.written : parts.flatMap(({ written }) => written);
  return {
    exact: identifying.length === 0 ? null : hashLong(identifying),
    url: input.url,
    keys: indexKeys(sketch, all),
    sketch,
  };
}

function readPart({ reading, entities }: CopyField, lang: string, rules: CopyRules): Part {
  const skipped = reading.field === "text" ? markCreditLines(reading, rules.credits) : null;
  const written: string[] = [];
  reading.tokens.forEach(({ kind, folded, suffix }, index) => {
    if (kind !== "punctuation" && skipped?.[index] !== 1) written.push(folded + suffix);
  });
  return { reading, skipped, written, stream: readStream(reading, entities, wordsOf(lang, rules), skipped) };
}

/** Whether a text is compared without its title: a short one may be cut from a report that has another heading. */
function standsAlone({ stream, written }: Pick<Part, "stream" | "written">): boolean {
  if (stream.length < WORDS_FOR_SEQUENCES) return false;
  return (
    written.length >= WRITTEN_FOR_SEQUENCES ||
    stream.filter(({ name, isNumber }) => name !== "no" || isNumber).length >= NAMING_WORDS
  );
}

function sequencesOf(stream: readonly StreamWord[]): number[] {
  const sequences: number[] = [];
  for (let at = 1; at + 1 < stream.length; at += 1) sequences.push(sequenceAt(stream, at));
  return sequences;
}

import type { EntityMention } from "../classify/entities.ts";
import type { FieldReading, NumberMention } from "../language/reading.ts";
import type { Token } from "../language/tokens.ts";
import type { CopyWords, WordClass } from "./copy-words.ts";
import { hashText, hashTwo } from "./hashing.ts";

/** What a word asserts that another word in its place would contradict. */
export interface WordFact {
  readonly kind: "figure" | "side" | "person" | "opposite";
  /** Hash of the number, side, person or pole. */
  readonly value: number;
}

/** One word of a text as it is compared: a stem, a number however written, or a name of the story. */
export interface StreamWord {
  readonly key: number;
  /** The key of its kind alone where the word states a fact, so that places in texts can be compared across values. */
  readonly masked: number;
  readonly fact: WordFact | null;
  /** Sum of `MARKS` of the words that belong to it: "not", "may", "will". */
  readonly marks: number;
  readonly common: boolean;
  readonly isNumber: boolean;
  /**
   * Written with a capital: `surely` a name within a sentence, `perhaps` at its start. Of the story's names persons alone:
   * every report names its sides.
   */
  readonly name: "surely" | "perhaps" | "no";
  /** Hash of the side that one named speaks or stands for; 0 where there is none. */
  readonly side: number;
}

const MASKS = { figure: hashText("#"), side: hashText("@"), person: hashText("@"), opposite: hashText("±") } as const;

/** Reasons not to be a figure under which a number still is a value that reports can disagree about. */
const STILL_A_VALUE = new Set(["percentage", "money", "score", "distance"]);
/** Numbers that are said by the word itself: one soldier, two soldiers. The word stays a word. */
const SAID_BY_THE_WORD = new Set(["singular", "dual", "vague"]);

/** Whether reports that give other numbers here contradict each other. A number at which a text breaks off may be cut. */
export function isFigure(number: NumberMention, { field, tokens }: FieldReading): boolean {
  if (number.form === "singular" || number.form === "vague") return false;
  if (field === "text" && number.last >= tokens.length) return false;
  return number.notFigure === null || STILL_A_VALUE.has(number.notFigure);
}

/** From here on a number is seldom the same in two reports by chance. */
const TELLING_NUMBER = 10;

/** The hash of what a number says: its value, or its bounds. The lowest bit tells numbers that are seldom equal by chance. */
export function numberHash(number: NumberMention): number {
  const said = hashText(number.value === null ? `${number.low ?? ""}..${number.high ?? ""}` : String(number.value));
  return ((said & ~1) | ((number.value ?? number.high ?? 0) >= TELLING_NUMBER ? 1 : 0)) >>> 0;
}

/** Whether a word helps to tell one report from another. */
export function isTelling(word: StreamWord): boolean {
  return !word.common && !word.isNumber;
}

/** The words of a field in order, credit lines, punctuation and auxiliaries left out. */
export function readStream(
  field: FieldReading,
  entities: readonly EntityMention[],
  words: CopyWords,
  skipped: Uint8Array | null,
): StreamWord[] {
  const { tokens } = field;
  const stream: StreamWord[] = [];
  const numberAt = new Map<number, NumberMention>();
  for (const number of field.numbers) if (!SAID_BY_THE_WORD.has(number.form)) numberAt.set(number.first, number);
  const entityAt = new Map<number, EntityMention>();
  for (const mention of entities) entityAt.set(mention.first, mention);
  let pending = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!;
    if (skipped?.[index] === 1 || token.kind === "punctuation") continue;
    const number = numberAt.get(index);
    const mention = number ? undefined : entityAt.get(index);
    if (number) stream.push(numberWord(number, isFigure(number, field), pending));
    else if (mention) stream.push(nameWord(mention, pending));
    else {
      const word = classOf(token, words);
      pending |= word.marks;
      if (word.dropped) continue;
      stream.push(plainWord(word, nameAt(field, index), pending));
    }
    pending = 0;
    if (number || mention) index = (number ?? mention)!.last - 1;
  }
  return stream;
}

/** A word is looked up without its clitics; a word that the suffix of its token negates ("didn't") carries that mark. */
function classOf(token: Token, words: CopyWords): WordClass {
  const word = words(token.forms[1] ?? token.folded);
  if (token.suffix === "") return word;
  const suffix = words(token.suffix);
  return suffix.dropped && suffix.marks > 0 ? { ...word, marks: word.marks | suffix.marks } : word;
}

function nameAt({ tokens, original }: FieldReading, at: number): StreamWord["name"] {
  const letter = original.charAt(tokens[at]!.start);
  if (letter === letter.toLowerCase()) return "no";
  const before = tokens[at - 1];
  return before === undefined || (before.kind === "punctuation" && before.folded !== "," && before.folded !== "-")
    ? "perhaps"
    : "surely";
}

function plainWord({ stem, common, opposite }: WordClass, name: StreamWord["name"], marks: number): StreamWord {
  const plain = { key: stem, masked: stem, fact: null, marks, common, isNumber: false, name, side: 0 };
  if (!opposite) return plain;
  const fact = { kind: "opposite", value: hashTwo(opposite.group, opposite.pole) } as const;
  return { ...plain, masked: hashTwo(MASKS.opposite, opposite.group), fact };
}

function numberWord(number: NumberMention, figure: boolean, marks: number): StreamWord {
  const value = numberHash(number);
  const fact = figure ? ({ kind: "figure", value } as const) : null;
  const masked = figure ? MASKS.figure : value;
  return { key: value, masked, fact, marks, common: false, isNumber: true, name: "no", side: 0 };
}

/** Spellings of a name are one word; a party, its people and its adjective are the same side. */
function nameWord({ entity }: EntityMention, marks: number): StreamWord {
  const isPerson = entity.kind === "person";
  const side = entity.side === null || entity.kind === "place" ? 0 : hashText(entity.side);
  const value =
    isPerson || entity.side === null || entity.kind === "body" ? hashText(entity.id) : hashText(entity.side);
  const fact = isPerson
    ? ({ kind: "person", value } as const)
    : side === 0
      ? null
      : ({ kind: "side", value: side } as const);
  const masked = fact ? MASKS[fact.kind] : value;
  const key = hashTwo(MASKS.side, value);
  return { key, masked, fact, marks, common: false, isNumber: false, name: isPerson ? "surely" : "no", side };
}

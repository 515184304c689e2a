import type { EntityMention } from "../../classify/entities.ts";
import type { NumberMention } from "../../language/reading.ts";
import type { FigureRole, Qualifier } from "../claim.ts";
import type { PeopleCue } from "../figure-cues.ts";
import { type NounPhrase, readNounPhrase } from "./noun-phrase.ts";
import { framed, type SentenceCues } from "./sentence-cues.ts";

/** A number with what is said right around it: the noun it counts, its qualifier, whose people they are. */
export interface Counted {
  readonly number: NumberMention;
  /** From the qualifier to the last word of the counted noun phrase, tokens, end exclusive. */
  readonly first: number;
  readonly last: number;
  readonly noun: NounPhrase["noun"];
  readonly who: PeopleCue["who"] | null;
  readonly entities: readonly EntityMention[];
  readonly own: boolean;
  readonly enemy: boolean;
  readonly prisoners: boolean;
  readonly qualifier: Qualifier;
  /** What the words right at the number make of it: "another 95", "including 3". */
  readonly role: FigureRole | null;
}

/** Reads the noun phrase around a number. */
export function readCounted(sentence: SentenceCues, number: NumberMention): Counted {
  const phrase = readNounPhrase(sentence, number);
  const before = qualifierBefore(sentence, number);
  const after = before ? null : qualifierAfter(sentence, number, phrase.last);
  // A verb whose particle qualifies nothing is no part of what is counted: "handed over 32".
  const start = before === null || before.qualifier === "exact" ? number.first : before.first;
  const role = roleBeside(sentence, start, number, phrase.last);
  const { noun, who, entities, own, enemy, prisoners } = phrase;
  return {
    number,
    first: Math.min(number.first, start, role?.first ?? number.first),
    last: Math.max(phrase.last, after?.last ?? 0, role?.last ?? 0),
    noun,
    who,
    entities,
    own,
    enemy,
    prisoners,
    qualifier:
      number.form === "vague" ? "vague" : ((before ?? after)?.qualifier ?? qualifierOfEnding(sentence, number)),
    role: role?.role ?? null,
  };
}

/** Words that may stand between a qualifier and its number: "at least another 20". */
const QUALIFIER_GAP = 2;
/** How far before "up to 118" a word of change makes it the new value. */
const GOAL_REACH = 8;

interface Beside {
  readonly first: number;
  readonly last: number;
}

function qualifierBefore(sentence: SentenceCues, number: NumberMention): (Beside & { qualifier: Qualifier }) | null {
  let best: (Beside & { qualifier: Qualifier }) | null = null;
  for (const { cue, first, last } of sentence.qualifiers) {
    // the words within a range part its ends: "от 160 до 190"
    const inside = number.form !== "range" && first >= number.first && last <= number.last;
    if (cue.place !== "before" || (!inside && !leadsTo(sentence, last, number))) continue;
    if (isGoal(sentence, first, last, number)) continue;
    if (!best || last > best.last || (last === best.last && first < best.first))
      best = { first, last, qualifier: cue.qualifier };
  }
  return best;
}

function leadsTo(sentence: SentenceCues, last: number, number: NumberMention): boolean {
  if (last > number.first || number.first - last > QUALIFIER_GAP) return false;
  if (framed(sentence, "and").some(({ first }) => first >= last && first < number.first)) return false;
  return !isParted(sentence, last, number.first) && !isVerbBetween(sentence, last, number.first);
}

/** "The war over Karabakh killed 3,825": what stands before the object of another clause qualifies no number behind its verb. */
function isVerbBetween({ measures }: SentenceCues, from: number, to: number): boolean {
  return measures.some(({ cue, first, last }) => cue.place === "before" && !cue.weak && first > from && last === to);
}

/** "up to 118" behind a change is the new value, not an estimate. */
function isGoal(sentence: SentenceCues, first: number, last: number, number: NumberMention): boolean {
  if (!framed(sentence, "to").some((hit) => hit.first === first && hit.last === last)) return false;
  const leads = (hit: { last: number }): boolean => hit.last <= first && number.first - hit.last < GOAL_REACH;
  return framed(sentence, "change").some(leads) || framed(sentence, "from").some(leads);
}

/** Marks that part nothing: quotes, and the Armenian stop before what is told of. */
const QUOTE = /["'«»“”՝]/;

/** Whether a mark or another number stands between two tokens. */
function isParted(sentence: SentenceCues, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const token = sentence.tokens[at]!;
    if (token.kind === "punctuation" && !QUOTE.test(token.folded)) return true;
  }
  return sentence.numbers.some((other) => other.first >= from && other.last <= to);
}

/** "100-dək": about, unless a change leads up to it. */
function qualifierOfEnding(sentence: SentenceCues, number: NumberMention): Qualifier {
  const ending = sentence.tokens[number.last - 1]?.suffix ?? "";
  return sentence.cues.aboutEndings.has(ending) && framed(sentence, "change").length === 0 ? "about" : "exact";
}

function startsNumber(sentence: SentenceCues, at: number): boolean {
  return sentence.numbers.some((other) => other.first === at);
}

/** "30 artarak 128'e": the number behind is the new value, so that the words speak of the one before. */
function leadsToNewValue({ numbers, tokens, cues }: SentenceCues, at: number): boolean {
  return numbers.some(({ first, last }) => first === at && cues.toEndings.has(tokens[last - 1]?.suffix ?? ""));
}

function qualifierAfter(
  sentence: SentenceCues,
  number: NumberMention,
  end: number,
): { last: number; qualifier: Qualifier } | null {
  for (const { cue, first, last } of sentence.qualifiers) {
    if (cue.place !== "after" || first < number.last || first > end + 1) continue;
    if (isParted(sentence, number.last, first) || startsNumber(sentence, last) || startsNumber(sentence, last + 1))
      continue;
    return { last, qualifier: cue.qualifier };
  }
  return null;
}

function roleBeside(
  sentence: SentenceCues,
  start: number,
  number: NumberMention,
  end: number,
): (Beside & { role: FigureRole }) | null {
  for (const { cue, first, last } of sentence.roles) {
    // "no fewer than", «لا يقل عن»: a "not" that begins a qualifier denies nothing
    const qualifies = (hit: Beside): boolean => hit.first <= first && hit.last >= last;
    if (cue.role === "denied" && (last < start || sentence.qualifiers.some(qualifies))) continue;
    const leads = cue.place === "before" && last <= number.first && last >= start - 1;
    // "Of these, 70 …": a mark behind such words parts nothing
    const comma = cue.role === "component" && last === start - 1 && sentence.tokens[last]!.folded === ",";
    if (leads && (comma || !isParted(sentence, last, number.first)))
      return { first, last: number.last, role: cue.role };
    const follows = cue.place === "after" && first >= number.last && first <= end + 1;
    const isFree = cue.role === "denied" || !startsNumber(sentence, last) || leadsToNewValue(sentence, last);
    if (follows && isFree && !isParted(sentence, number.last, first))
      return { first: number.first, last, role: cue.role };
  }
  return null;
}

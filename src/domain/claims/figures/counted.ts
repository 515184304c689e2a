import type { EntityMention } from "../../classify/entities.ts";
import type { NumberMention } from "../../language/reading.ts";
import type { FigureRole, Qualifier } from "../claim.ts";
import type { FrameCue, PeopleCue } from "../figure-cues.ts";
import type { SentenceCues } from "./sentence-cues.ts";

/** A number with what is said right around it: the noun it counts, its qualifier, whose people they are. */
export interface Counted {
  readonly number: NumberMention;
  /** From the qualifier to the last word of the counted noun phrase, tokens, end exclusive. */
  readonly first: number;
  readonly last: number;
  readonly noun: "people" | "bare" | "thing" | "unknown";
  readonly who: PeopleCue["who"] | null;
  readonly entities: readonly EntityMention[];
  readonly own: boolean;
  readonly enemy: boolean;
  readonly qualifier: Qualifier;
  /** What the words right at the number make of it: "another 95", "including 3". */
  readonly role: FigureRole | null;
}

/** How far a noun phrase is followed behind its number, in tokens. */
const REACH = 7;

interface Tail {
  last: number;
  noun: Counted["noun"];
  who: Counted["who"];
  entities: EntityMention[];
  own: boolean;
  enemy: boolean;
}

/** Reads the noun phrase around a number. */
export function readCounted(sentence: SentenceCues, number: NumberMention): Counted {
  const tail = readTail(sentence, number);
  const before = qualifierBefore(sentence, number);
  const after = before ? null : qualifierAfter(sentence, number, tail.last);
  const role = roleBeside(sentence, before?.first ?? number.first, number, tail.last);
  return {
    number,
    first: Math.min(before?.first ?? number.first, role && role.first < number.first ? role.first : number.first),
    last: Math.max(tail.last, after?.last ?? 0, role?.last ?? 0),
    noun: tail.noun,
    who: tail.who,
    entities: tail.entities,
    own: tail.own,
    enemy: tail.enemy,
    qualifier: number.form === "vague" ? "vague" : ((before ?? after)?.qualifier ?? "exact"),
    role: role?.role ?? null,
  };
}

function readTail(sentence: SentenceCues, number: NumberMention): Tail {
  const tail: Tail = { last: number.last, noun: "bare", who: null, entities: [], own: false, enemy: false };
  const own = sentence.people.find((hit) => hit.first < number.last && hit.last > number.first);
  if (own) Object.assign(tail, { noun: "people", who: own.cue.who });
  let unknown = 0;
  let light = false;
  for (let at = number.last; at < Math.min(sentence.last, number.last + REACH); ) {
    const step = readStep(sentence, number, at, tail, unknown === 0 && !light && tail.noun !== "people");
    if (step === null) break;
    if (step.unknown) unknown += 1;
    else if (at === number.last && step.next === at + 1 && tail.last === number.last) light = true;
    at = step.next;
  }
  if (unknown > 0 && tail.noun === "bare") tail.noun = "unknown";
  return tail;
}

/** Takes one more word into the noun phrase; null where the phrase ends. */
function readStep(
  sentence: SentenceCues,
  number: NumberMention,
  at: number,
  tail: Tail,
  mayBeUnknown: boolean,
): { next: number; unknown: boolean } | null {
  const token = sentence.tokens[at]!;
  const entity = sentence.entities.find((mention) => mention.first === at);
  if (entity) {
    tail.entities.push(entity);
    if (tail.noun === "bare" && entity.entity.kind === "demonym") tail.noun = "people";
    tail.last = entity.last;
    return { next: entity.last, unknown: false };
  }
  const frames = sentence.frames.filter((hit) => hit.first === at).map((hit) => hit.cue.frame);
  const people = sentence.people.find((hit) => hit.first === at);
  if (people && !(tail.noun === "people" && tail.who !== null && people.cue.who === "anyone")) {
    tail.noun = "people";
    tail.who = tail.who === null || tail.who === "anyone" ? people.cue.who : tail.who;
    tail.last = people.last;
    if (frames.includes("own")) tail.own = true;
    return { next: people.last, unknown: false };
  }
  if (token.kind === "digits" || sentence.numbers.some((other) => other.notFigure === null && other.first === at))
    return null;
  if (token.folded === "." && at === number.last) return { next: at + 1, unknown: false };
  if (token.kind === "punctuation")
    return token.folded === "'" || token.folded === '"' ? { next: at + 1, unknown: false } : null;
  if (frames.includes("thing") && tail.noun !== "people") {
    tail.noun = "thing";
    return null;
  }
  if (sentence.measures.some((hit) => hit.first === at) || frames.includes("break")) return null;
  return readConnective(sentence, at, frames, tail, mayBeUnknown);
}

function readConnective(
  sentence: SentenceCues,
  at: number,
  frames: readonly FrameCue["frame"][],
  tail: Tail,
  mayBeUnknown: boolean,
): { next: number; unknown: boolean } | null {
  const joined = frames.includes("and") && tail.entities.at(-1)?.last === at;
  if (joined && sentence.entities.some((mention) => mention.first === at + 1)) return { next: at + 1, unknown: false };
  if (frames.includes("and") || frames.includes("against") || frames.includes("agent")) return null;
  if (frames.includes("own")) tail.own = true;
  if (frames.includes("enemy")) tail.enemy = true;
  const beside = [...sentence.roles, ...sentence.qualifiers].find(
    (hit) => hit.first === at && hit.cue.place === "after",
  );
  if (beside) return { next: beside.last, unknown: false };
  if (frames.some((frame) => frame === "light" || frame === "own" || frame === "enemy" || frame === "side")) {
    if (frames.includes("side") || frames.includes("enemy")) tail.last = at + 1;
    return { next: at + 1, unknown: false };
  }
  if (frames.length > 0) return null;
  return mayBeUnknown ? { next: at + 1, unknown: true } : null;
}

/** Words that may stand between a qualifier and its number: "at least another 20". */
const QUALIFIER_GAP = 2;

interface Beside {
  readonly first: number;
  readonly last: number;
}

function qualifierBefore(sentence: SentenceCues, number: NumberMention): (Beside & { qualifier: Qualifier }) | null {
  let best: (Beside & { qualifier: Qualifier }) | null = null;
  for (const { cue, first, last } of sentence.qualifiers) {
    const inside = first >= number.first && last <= number.last;
    if (cue.place !== "before" || (!inside && !leadsTo(sentence, last, number))) continue;
    if (isGoal(sentence, first, last, number)) continue;
    if (!best || last > best.last || (last === best.last && first < best.first))
      best = { first, last, qualifier: cue.qualifier };
  }
  return best;
}

function leadsTo(sentence: SentenceCues, last: number, number: NumberMention): boolean {
  if (last > number.first || number.first - last > QUALIFIER_GAP) return false;
  return !isParted(sentence, last, number.first);
}

/** "up to 118" behind a change is the new value, not an estimate. */
function isGoal(sentence: SentenceCues, first: number, last: number, number: NumberMention): boolean {
  const goes = sentence.frames.some((hit) => hit.cue.frame === "to" && hit.first === first && hit.last === last);
  return (
    goes &&
    sentence.frames.some(
      (hit) =>
        (hit.cue.frame === "change" || hit.cue.frame === "from") && hit.last <= first && number.first - hit.last < 8,
    )
  );
}

/** Whether a mark or another number stands between two tokens. */
function isParted(sentence: SentenceCues, from: number, to: number): boolean {
  const marks = sentence.tokens
    .slice(from, to)
    .some((token) => token.kind === "punctuation" && !/["'«»“”]/.test(token.folded));
  return marks || sentence.numbers.some((other) => other.first >= from && other.last <= to);
}

function qualifierAfter(
  sentence: SentenceCues,
  number: NumberMention,
  end: number,
): { last: number; qualifier: Qualifier } | null {
  for (const { cue, first, last } of sentence.qualifiers) {
    if (cue.place !== "after" || first < number.last || first > end + 1) continue;
    if (isParted(sentence, number.last, first)) continue;
    if (sentence.numbers.some((other) => other.first === last)) continue;
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
    if (cue.place === "before" && last <= number.first && last >= start - 1 && !isParted(sentence, last, number.first))
      return { first, last: number.last, role: cue.role };
    const leads = sentence.numbers.some((other) => other.first === last);
    if (
      cue.place === "after" &&
      !leads &&
      first >= number.last &&
      first <= end + 1 &&
      !isParted(sentence, number.last, first)
    )
      return { first: number.first, last, role: cue.role };
  }
  return null;
}

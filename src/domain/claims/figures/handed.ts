import type { Link } from "./pairs.ts";
import { type Frame, frameAt, framed, isJoinedOn, type SentenceCues } from "./sentence-cues.ts";

/** How many words may stand between words that hand over and the dead whom they hand over: to whom, and articles. */
const REACH = 5;

/**
 * "Ready to hand over 100 dead soldiers", "32 fallen men were returned": the dead that change hands are bodies, no toll.
 * Numbers that took their measure go with them.
 */
export function countHanded(sentence: SentenceCues, links: readonly Link[]): readonly Link[] {
  if (framed(sentence, "handed").length === 0) return links;
  const changed = new Map<Link, Link>();
  const asBodies = (link: Link): Link => {
    const known = changed.get(link);
    if (known) return known;
    const inherited = link.inherited && links.includes(link.inherited) ? asBodies(link.inherited) : link.inherited;
    const handed = inherited === null ? isHanded(sentence, link) : inherited !== link.inherited;
    const { hit } = link;
    const now = handed
      ? { ...link, inherited, hit: { ...hit, cue: { ...hit.cue, measure: "bodies" as const } } }
      : link;
    changed.set(link, now);
    return now;
  };
  return links.map(asBodies);
}

function isHanded(sentence: SentenceCues, link: Link): boolean {
  const { hit, counted } = link;
  if (hit.cue.measure !== "killed" || hit.cue.weak) return false;
  const first = Math.min(counted.first, hit.first);
  const behindNoun = hit.first >= counted.last && counted.last > counted.number.last;
  // "handed over 32 soldiers killed in May", but "… said 32 soldiers were killed": a state right behind its noun
  if (behindNoun && hit.first > counted.last) return false;
  const last = Math.max(counted.last, hit.last);
  return framed(sentence, "handed").some((verb) =>
    verb.last <= first
      ? isFree(sentence, verb.last, first)
      : verb.first >= last &&
        !isJoinedOn(sentence, verb.first) &&
        !isPredicate(sentence, link) &&
        isObject(sentence, last, verb.first),
  );
}

/** "32 soldiers killed returned" is no phrase: before a verb that hands over, the dead are named as such first. */
function isPredicate(sentence: SentenceCues, { hit, counted }: Link): boolean {
  if (hit.first < counted.number.first || hit.cue.place === "counted") return false;
  return !sentence.people.some(({ first }) => first >= hit.last);
}

/** "Ölen 100 askerini ön koşulsuz karşı tarafa iade etmeye hazır": words of how and to whom before the verb, no mark, count or clause. */
function isObject(sentence: SentenceCues, end: number, to: number): boolean {
  let from = end;
  const named = [...sentence.entities, ...sentence.people];
  for (let name = named.find(({ first }) => first === from); name; name = named.find(({ first }) => first === from))
    from = name.last;
  if (to - from > REACH) return false;
  const within = ({ first }: { first: number }): boolean => first >= from && first < to;
  if (sentence.numbers.some(within) || sentence.measures.some(within)) return false;
  if (framed(sentence, "and").some(within) || framed(sentence, "break").some(within)) return false;
  return sentence.tokens.slice(from, to).every(({ kind, folded }) => kind === "word" || folded === "-");
}

const PASSED: readonly Frame[] = ["light", "side", "own", "to", "from", "of"];

/** Whether nothing but names, people and light words stands between two tokens. */
function isFree(sentence: SentenceCues, from: number, to: number): boolean {
  if (to - from > REACH) return false;
  const named = [...sentence.entities, ...sentence.people, ...sentence.qualifiers, ...sentence.roles];
  for (let at = from; at < to; at += 1) {
    const passed =
      named.some(({ first, last }) => first <= at && last > at) || PASSED.some((frame) => frameAt(sentence, frame, at));
    if (!passed) return false;
  }
  return true;
}

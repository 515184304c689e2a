import type { NumberMention } from "../../language/reading.ts";
import type { FigureRole } from "../claim.ts";
import type { Distance } from "./distance.ts";
import type { Link } from "./pairs.ts";
import { frameAt, frameBefore, framed, type SentenceCues } from "./sentence-cues.ts";

/** What a figure is beside others, and the rule that said so. */
export interface RoleFinding {
  readonly role: FigureRole;
  readonly because: string;
  /** Holds only beside another value of the same measure and party: "earlier Baku had spoken of 50". */
  readonly beside?: true;
}

/** How far a denial or "as reported earlier" reaches. */
const CLAUSE_REACH = 5;

/** Reads the role of a figure from its sentence: null where nothing makes it other than the current value. */
export function readRole(sentence: SentenceCues, link: Link, distance: Distance): RoleFinding | null {
  const { counted } = link;
  if (isExtent(sentence, link, distance)) return { role: "background", because: "the size of a country" };
  const old = isOldValue(sentence, link);
  if (old) return { role: "previous", because: "the value that a change started from" };
  if (isSubset(sentence, link)) return { role: "component", because: "some of those counted before" };
  if (isOfWhole(sentence, link)) return { role: "component", because: "some of the whole named first" };
  if (
    link.inherited &&
    isBracketed(sentence, counted.number.first) &&
    !isBracketed(sentence, link.inherited.counted.first)
  )
    return { role: "component", because: "in brackets behind the number that it is part of" };
  if (counted.role) return { role: counted.role, because: "the words beside the number" };
  if (link.inherited?.counted.role === "component" && link.inherited.counted.first < counted.first)
    return { role: "component", because: "listed with a part of the whole" };
  for (const { cue, first, last } of sentence.roles) {
    if (cue.place !== "clause") continue;
    const gap =
      last <= counted.first ? distance(last, counted.first) : first >= counted.last ? distance(counted.last, first) : 0;
    const reach = cue.role === "denied" ? CLAUSE_REACH : CLAUSE_REACH + 3;
    if (cue.role === "previous" && isOfNext(sentence, counted.number, first, last)) continue;
    if (
      cue.role === "denied" &&
      (isAffirmed(sentence, last, counted.first) || isAffirmedBehind(sentence, last, counted))
    )
      continue;
    if (gap <= reach || (cue.role === "denied" && isClaimed(sentence, link, { first, last }, distance)))
      return { role: cue.role, because: `the clause says that it is ${cue.role}` };
  }
  return saidEarlier(sentence, link);
}

/** "Rejects that and confirms 50", "was false, and 40 died": the denial ends before the number, or what is so is said then. */
function isAffirmed(sentence: SentenceCues, from: number, to: number): boolean {
  if (from > to) return false;
  if (from < to && CLAUSE_MARK.test(sentence.tokens[from]!.folded)) return true;
  return framed(sentence, "affirm").some(({ first, last }) => (first >= from && last <= to) || last === from);
}

/** How far behind its number the verb stands that says it is so. */
const AFFIRM_REACH = 4;

/** "… iddiaları yalanladı ve kaybın 198 olduğunu yineledi": joined to the denial, and the verb that affirms it behind. */
function isAffirmedBehind(sentence: SentenceCues, from: number, { first, last }: Link["counted"]): boolean {
  if (!framed(sentence, "and").some((hit) => hit.first >= from && hit.last <= first)) return false;
  return framed(sentence, "affirm").some((hit) => hit.first >= last && hit.first - last <= AFFIRM_REACH);
}

/** How near to a denial the claim stands, and how far that reaches. */
const CLAIM_NEAR = 6;
const CLAIM_REACH = 9;

/** "Dismissed as false reports by some media that 400 of its men had died": what the claim holds is denied. */
function isClaimed(
  sentence: SentenceCues,
  { counted }: Link,
  denial: { first: number; last: number },
  distance: Distance,
): boolean {
  const joined = (from: number, to: number): boolean =>
    framed(sentence, "and").some(({ first }) => first >= from && first < to);
  return framed(sentence, "claim").some(({ first, last }) => {
    const near = first >= denial.last ? first - denial.last : denial.first - last;
    if (last <= counted.first) {
      if (distance(last, counted.first) > CLAIM_REACH || joined(last, counted.first)) return false;
      return denial.last <= counted.first ? near <= CLAIM_NEAR : isDeniedBehind(sentence, counted, denial, distance);
    }
    if (near > CLAIM_NEAR) return false;
    if (first < counted.last || denial.first < counted.last) return false;
    return distance(counted.last, first) <= CLAIM_REACH && !joined(counted.last, first);
  });
}

/** "Information that 200 soldiers had died was denied": the claim before the number, the denial behind it, no other count between. */
function isDeniedBehind(
  { numbers, roles }: SentenceCues,
  { last }: Link["counted"],
  denial: { first: number },
  distance: Distance,
): boolean {
  if (denial.first < last || distance(last, denial.first) > CLAIM_REACH) return false;
  const within = ({ first }: { first: number }): boolean => first >= last && first < denial.first;
  return !numbers.some((other) => other.notFigure === null && within(other)) && !roles.some(within);
}

/** "71, an earlier count gave 50": behind a mark such words speak of the number that follows them. */
function isOfNext(sentence: SentenceCues, number: NumberMention, first: number, last: number): boolean {
  if (first < number.last || !sentence.numbers.some((other) => other.notFigure === null && other.first >= last))
    return false;
  return sentence.tokens.slice(number.last, first).some(({ folded }) => folded === "," || folded === ";");
}

/** How far the words that speak of a country's size stand before the number. */
const EXTENT_REACH = 0.6;

/** "The country's area is 29,800 sq km", "we have 29,800 sq km": no land taken, and none of another in the clause. */
function isExtent(sentence: SentenceCues, { counted, hit }: Link, distance: Distance): boolean {
  if (hit.cue.measure !== "area_km2") return false;
  const said = framed(sentence, "extent").find(
    ({ last }) => last <= counted.first && distance(last, counted.first) <= EXTENT_REACH,
  );
  if (!said) return false;
  const { from, to } = clauseAround(sentence, said.first, hit.last);
  const taken = framed(sentence, "land").some(
    ({ first, last }) => first >= from && last <= to && (last <= said.first || first >= said.last),
  );
  return !taken && !sentence.entities.some(({ first }) => first >= hit.last && first < to);
}

const CLAUSE_MARK = /^[,;:]$/;

/** The tokens between the marks around a stretch of a sentence, end exclusive. */
function clauseAround({ tokens, first, last }: SentenceCues, start: number, end: number): { from: number; to: number } {
  let from = start;
  let to = end;
  while (from > first && !CLAUSE_MARK.test(tokens[from - 1]!.folded)) from -= 1;
  while (to < last && !CLAUSE_MARK.test(tokens[to]!.folded)) to += 1;
  return { from, to };
}

/** "earlier", "had said" speak of the number next to them. */
function saidEarlier(sentence: SentenceCues, link: Link): RoleFinding | null {
  const { number } = link.counted;
  const free = (from: number, to: number): boolean =>
    !sentence.numbers.some((other) => other.notFigure === null && other.first >= from && other.last <= to);
  const said = sentence.roles.some(
    ({ cue, first, last }) =>
      cue.place === "item" &&
      (last <= number.first
        ? free(last, number.first)
        : free(number.last, first) && !isOfNext(sentence, number, first, last)),
  );
  return said ? { role: "previous", because: "said earlier than another value of the item", beside: true } : null;
}

/** "Of the 135 soldiers killed, 105 have been identified": the number behind is a part of the one that "of" leads. */
function isOfWhole(sentence: SentenceCues, { counted, inherited }: Link): boolean {
  if (!inherited || counted.noun !== "bare" || inherited.counted.first >= counted.first) return false;
  const { number: whole } = inherited.counted;
  if ((counted.number.value ?? Infinity) >= (whole.value ?? 0)) return false;
  return framed(sentence, "among").some(({ first, last }) => last === whole.first && opensClause(sentence, first));
}

function opensClause({ tokens, first }: SentenceCues, at: number): boolean {
  return at === first || CLAUSE_MARK.test(tokens[at - 1]!.folded);
}

function isBracketed(sentence: SentenceCues, at: number): boolean {
  const before = sentence.tokens.slice(sentence.first, at).map((token) => token.folded);
  return before.lastIndexOf("(") > before.lastIndexOf(")");
}

/** "11 of the dead", "Yaralıların 43'ü": some of those counted before. */
function isSubset(sentence: SentenceCues, link: Link): boolean {
  const { number, last } = link.counted;
  const { first, cue, last: end } = link.hit;
  if (cue.place === "counted" && first >= number.last)
    return framed(sentence, "among").some((hit) => hit.first >= number.last && hit.last === first);
  const ending = sentence.tokens[number.last - 1]?.suffix || endingOfWord(sentence, number);
  // "ölü sayısı 43'ü buldu": before a word of change the ending marks what was reached
  if (!sentence.cues.partEndings.has(ending) || frameAt(sentence, "change", number.last)) return false;
  return (end === number.first && last === number.last) || isBeforeWhole(sentence, number);
}

/** "İkisi sivil 126 kişi": in words the ending is written on; one of a single letter may belong to the word itself. */
function endingOfWord({ tokens, cues }: SentenceCues, { form, last }: NumberMention): string {
  const word = form === "words" ? tokens[last - 1]!.folded : "";
  return [...cues.partEndings].find((ending) => ending.length > 1 && word.endsWith(ending)) ?? "";
}

/** How far behind its part a whole may stand: "7'si sivil 32 kişi". */
const WHOLE_REACH = 3;

function isBeforeWhole(sentence: SentenceCues, { last, value }: NumberMention): boolean {
  return sentence.numbers.some(
    (other) =>
      other.notFigure === null &&
      other.first >= last &&
      other.first - last <= WHOLE_REACH &&
      (other.value ?? 0) > (value ?? 0),
  );
}

/** How many tokens before an old value the word of change stands: "relevé ses pertes de 71". */
const CHANGE_REACH = 8;

function isOldValue(sentence: SentenceCues, link: Link): boolean {
  const { number } = link.counted;
  const ending = sentence.tokens[number.last - 1]?.suffix ?? "";
  const others = sentence.numbers.filter((other) => other !== number && other.notFigure === null);
  if (
    sentence.cues.fromEndings.has(ending) &&
    others.some((other) => other.first >= number.last && hasToEnding(sentence, other.last - 1))
  )
    return true;
  if (others.length === 0 || !frameBefore(sentence, "from", link.counted.first)) return false;
  const changed = framed(sentence, "change").some(
    ({ last }) => last <= number.first && number.first - last < CHANGE_REACH,
  );
  const newer = others.some((other) =>
    framed(sentence, "to").some((hit) => other.first - hit.last <= 3 && hit.last <= other.first),
  );
  // «mort de 40 … à 874»: where "from" is also "of", only a change tells
  if (isStartOfPair(sentence, link)) return true;
  return frameBefore(sentence, "of", link.counted.first) ? changed && newer : changed || newer;
}

/** "Son bilan de 105 à 135, l'Azerbaïdjan le sien de 71 à 77": right before "to" and another number, behind a change. */
function isStartOfPair(sentence: SentenceCues, { counted: { number } }: Link): boolean {
  const newer = sentence.numbers.find(({ first }) => first === number.last + 1);
  if (!newer || newer.notFigure !== null || newer.value === number.value) return false;
  return (
    frameBefore(sentence, "to", newer.first) && framed(sentence, "change").some(({ last }) => last <= number.first)
  );
}

function hasToEnding(sentence: SentenceCues, at: number): boolean {
  return sentence.cues.toEndings.has(sentence.tokens[at]?.suffix ?? "");
}

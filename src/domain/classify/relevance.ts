import type { FieldReading, Reading } from "../language/reading.ts";
import type { Token } from "../language/tokens.ts";
import type { Story } from "../story.ts";
import { findAside } from "./aside.ts";
import type { EntityMention } from "./entities.ts";
import type { Cue, Found, Named } from "./found.ts";
import { byToken, touches } from "./places.ts";
import type { RelevanceRules } from "./relevance-rules.ts";

/** Whether an item belongs to the story, with the words that decided. */
export interface Relevance {
  readonly relevant: boolean;
  /** 0 to 1; `relevant` from 0.5 on. */
  readonly score: number;
  /** The words that decided, as written in the item. */
  readonly evidence: readonly string[];
}

/** Something found in the item that weighs for or against the story, with the words that carry it. */
export interface Weighed {
  readonly what: string;
  readonly weight: number;
  readonly words: readonly string[];
}

const MOST_EVIDENCE = 8;
const LONGEST_ASIDE = 7;

/**
 * Judges whether an item belongs to the story, from the names and cues found in all its fields.
 * @param published ISO 8601 or null.
 */
export function judgeRelevance(
  reading: Reading,
  entities: readonly (readonly EntityMention[])[],
  story: Story,
  published: string | null = null,
): Relevance {
  const weighed = weighItem(reading, entities, story, published);
  const sum = weighed.reduce((total, { weight }) => total + weight, story.relevance.bias);
  const score = Math.round(1000 / (1 + Math.exp(-sum))) / 1000;
  const relevant = score >= 0.5;
  const deciding = weighed
    .filter(({ weight }) => (relevant ? weight > 0 : weight < 0))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const evidence = [...new Set(deciding.flatMap(({ words }) => words.slice(0, 3)))].slice(0, MOST_EVIDENCE);
  return { relevant, score, evidence };
}

/** Everything in an item that weighs for or against the story. */
export function weighItem(
  reading: Reading,
  entities: readonly (readonly EntityMention[])[],
  story: Story,
  published: string | null = null,
): Weighed[] {
  const rules = story.relevance;
  const named = reading.fields.flatMap((field, at) => namesOf(field, entities[at] ?? [], reading.lang, rules));
  const cues = reading.fields.flatMap((field) => cuesOf(field, reading.lang, rules));
  const weighed = [
    ...weighNames(named, reading.lang, rules),
    ...weighFrontier(named, cues, rules),
    ...weighCues(cues, rules),
  ].filter(({ weight }) => weight !== 0);
  if (!isIn(published, story)) return weighed;
  const isOther = weighed.some(({ weight, words }) => weight < 0 && words.length > 0);
  if (!isOther) weighed.push({ what: "published in the window", weight: rules.inWindow, words: [] });
  const aside = isOther ? findAside({ fields: reading.fields, named, cues, rules, published }) : null;
  if (aside) weighed.push({ what: "told beside other news", weight: rules.asideWeight, words: [aside] });
  return weighed;
}

/** Shells on a place at the border are the conflict, though no side is named. */
function weighFrontier(named: readonly Named[], cues: readonly Cue[], rules: RelevanceRules): Weighed[] {
  const places = named.filter(({ entity }) => rules.frontier.has(entity.id));
  const shells = cues.filter(({ group }) => rules.frontierCues.has(group.name));
  if (places.length === 0 || shells.length === 0) return [];
  return [{ what: "fire at the border", weight: rules.frontierWeight, words: [places[0]!.words, shells[0]!.words] }];
}

/** While the story runs, a report on its sides is likely to be about it. */
function isIn(published: string | null, { window }: Story): boolean {
  const day = published?.slice(0, 10) ?? "";
  return day >= window.from && day <= window.to;
}

function namesOf(
  field: FieldReading,
  mentions: readonly EntityMention[],
  lang: string,
  rules: RelevanceRules,
): Named[] {
  const hidden = byToken([...rules.notNames(lang)(field.tokens), ...asidesOf(field.tokens)]);
  return mentions
    .filter((mention) => !rules.ignored.has(mention.entity.id) && !touches(mention, hidden))
    .map(({ entity, first, last }) => ({
      entity,
      side: entity.territoryOf ?? entity.side,
      ...foundAt(field, first, last),
    }));
}

/** Short brackets name agencies and sources, not what is reported. */
function asidesOf(tokens: readonly Token[]): { first: number; last: number }[] {
  const asides: { first: number; last: number }[] = [];
  let open = -1;
  for (const [at, token] of tokens.entries()) {
    if (token.folded === "(") open = at;
    if (token.folded !== ")" || open < 0) continue;
    if (at - open <= LONGEST_ASIDE) asides.push({ first: open, last: at });
    open = -1;
  }
  return asides;
}

function weighNames(named: readonly Named[], lang: string, rules: RelevanceRules): Weighed[] {
  const of = (side: string) => named.filter((name) => name.side === side);
  const [a, b] = [of(rules.sides[0]), of(rules.sides[1])];
  const contested = named.filter(({ entity }) => rules.contested.has(entity.id));
  const ours = a.length + b.length + contested.filter(({ side }) => side === null).length;
  const words = (list: readonly Named[]) => [...new Set(list.map((name) => name.words))];
  const weighed: Weighed[] = [];
  const add = (what: string, weight: number, list: readonly Named[]) =>
    weighed.push({ what, weight, words: words(list) });
  if (a.length > 0 && b.length > 0) add("both sides", rules.both, [a[0]!, b[0]!]);
  else if (a.length + b.length > 0) add("one side", rules.one, [...a, ...b]);
  if (a.some((name) => name.inTitle) && b.some((name) => name.inTitle))
    add("both sides in the title", rules.bothInTitle, [a[0]!, b[0]!]);
  if (contested.length > 0) {
    const inTitle = contested.some((name) => name.inTitle) ? rules.title : 0;
    add("contested", rules.contestedWeight * (1 + inTitle), contested);
  }
  if (ours === 0 && rules.home.has(lang)) add("the language of a side", rules.homeWeight, []);
  else if (ours === 0) add("neither side", rules.none, []);
  const involved = named.filter(({ entity }) => rules.involved.has(entity.id));
  if (involved.length > 0 && ours > 0) add("involved", rules.involvedWeight, involved);
  const elsewhere = named.filter(({ side }) => side !== null && rules.elsewhere.has(side));
  const leads = elsewhere.some((name) => name.inTitle) && ![...a, ...b, ...contested].some((name) => name.inTitle);
  if (elsewhere.length > ours || (leads && elsewhere.length === ours)) {
    add("elsewhere", rules.elsewhereWeight * (leads ? 1 + rules.title : 1), elsewhere);
  }
  return weighed;
}

/** A word of another subject inside a longer phrase of ours («mine blast») is not counted against it. */
function cuesOf(field: FieldReading, lang: string, rules: RelevanceRules): Cue[] {
  const found = rules.cues(lang)(field.tokens);
  const ours = byToken(found.filter(({ first, last, payload }) => payload.weight > 0 && last - first > 1));
  const isOurs = ({ first, last, payload }: (typeof found)[number]) =>
    payload.weight < 0 && ours.has(first) && ours.get(first)!.last >= last;
  return found
    .filter((hit) => !isOurs(hit))
    .map(({ first, last, payload }) => ({ group: payload, ...foundAt(field, first, last) }));
}

function weighCues(cues: readonly Cue[], rules: RelevanceRules): Weighed[] {
  const byGroup = new Map<string, Cue[]>();
  for (const cue of cues) {
    const group = byGroup.get(cue.group.name);
    if (group) group.push(cue);
    else byGroup.set(cue.group.name, [cue]);
  }
  return [...byGroup.values()].map((found) => {
    const { name, weight } = found[0]!.group;
    const words = [...new Set(found.map((cue) => cue.words))];
    const inTitle = found.some((cue) => cue.inTitle) ? rules.title : 0;
    const again = weight < 0 ? rules.repeat * Math.min(words.length - 1, 4) : 0;
    return { what: name, weight: weight * (1 + inTitle + again), words };
  });
}

function foundAt(field: FieldReading, first: number, last: number): Found {
  const words = field.original.slice(field.tokens[first]!.start, field.tokens[last - 1]!.end);
  return { field, first, last, words, inTitle: field.field === "title" };
}

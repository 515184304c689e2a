import type { HappeningTime } from "../classify/happening.ts";
import type { ItemContext } from "../item-context.ts";
import type { RuleMatch } from "./topic-match.ts";
import type { PositionRules, Sign, Topic, Variant } from "./topic-rules.ts";
import type { TopicSentence } from "./topic-sentence.ts";

/** The baseline event that a position speaks of; `undefined` when it speaks of another time than the story's. */
export interface EventOf {
  readonly event: string | null | undefined;
  readonly because: string;
}

/** What decides which happening is meant. */
interface Question {
  readonly topic: Topic;
  readonly rules: PositionRules;
  readonly match: RuleMatch;
  readonly sentence: TopicSentence;
  readonly time: HappeningTime;
  /** The day of publication, ISO; null when unknown. */
  readonly published: string | null;
}

const WEEK = 7 * 86_400_000;

/** Tells which happening a position speaks of: by the date gate, then by signs, by its date, by the day of publication. */
export function eventOf(
  topic: Topic,
  rules: PositionRules,
  match: RuleMatch,
  sentence: TopicSentence,
  context: ItemContext,
): EventOf {
  const published = context.item.published?.slice(0, 10) ?? null;
  const { from, to } = context.story.window;
  const current = published === null || (published >= from && published <= to);
  const time = context.happening(sentence.field.reading.field, match.first, match.last);
  const question = { topic, rules, match, sentence, time, published };
  if (topic.dated && isAnotherTime(question, current)) return { event: undefined, because: time.because };
  if (!current && (!topic.dated || time.scope === "unknown")) {
    return { event: undefined, because: `published ${published}, no date in the text` };
  }
  return topic.variants.length === 0 ? { event: topic.event, because: time.because } : variantOf(question);
}

function isAnotherTime(question: Question, current: boolean): boolean {
  const { time, rules, published } = question;
  if (time.scope === "after") return true;
  if (time.scope !== "before") return false;
  // A weekday that was resolved to the week before publication may as well be the coming one.
  const lastWeek = time.to !== null && published !== null && Date.parse(published) - Date.parse(time.to) <= WEEK;
  return !(rules.ahead && current && lastWeek) && !isOfAnotherClause(question);
}

/**
 * A bare year in another clause dates what stands there («a truce brokered by Russia did not hold, and the clashes are
 * the worst since the war of 2020») where signs tell which happening is meant.
 */
function isOfAnotherClause({ topic, rules, match, sentence, time, published }: Question): boolean {
  if (!time.from?.endsWith("-01-01") || !time.to?.endsWith("-12-31")) return false;
  const { tokens, original } = sentence.field.reading;
  const end = tokens[match.last - 1]!.end;
  const year = original.indexOf(time.because, end);
  const comma = tokens.findIndex((token, index) => index >= match.last && token.folded === ",");
  if (year < 0 || comma < 0 || tokens[comma]!.start > year) return false;
  const before = (cue: string) => sentence.hits.get(cue)?.some((hit) => hit.last <= comma) ?? false;
  return topic.variants.some(({ signs }) =>
    signs.some((sign) => stands(sign, rules.position, published) && before(sign.cue)),
  );
}

function variantOf({ topic, rules, sentence, time, published }: Question): EventOf {
  const { position } = rules;
  const scores = topic.variants.map((variant) => {
    const signs = variant.signs.filter((sign) => stands(sign, position, published) && sentence.hits.has(sign.cue));
    return { variant, score: signs.length * 2 + (happenedIn(variant, time) ? 1 : 0) };
  });
  scores.sort((a, b) => b.score - a.score);
  const [best, second] = scores;
  if (best && best.score > (second?.score ?? 0)) {
    return { event: best.variant.event, because: `signs of ${best.variant.event}` };
  }
  const fits = topic.otherwise.find(
    (one) => (one.position ?? position) === position && (one.until === null || isUntil(published, one.until)),
  );
  return {
    event: fits?.event ?? null,
    because: `by position and day of publication (${published ?? "unknown"})`,
  };
}

function stands(sign: Sign, position: string, published: string | null): boolean {
  return (sign.position ?? position) === position && (sign.until === null || isUntil(published, sign.until));
}

function isUntil(day: string | null, until: string): boolean {
  return day !== null && day <= until;
}

/** Whether a single day that the text names falls into the days of a variant. */
function happenedIn(variant: Variant, time: HappeningTime): boolean {
  if (time.from === null || time.to === null || time.from !== time.to) return false;
  return time.from >= variant.happened.from && time.to <= variant.happened.to;
}

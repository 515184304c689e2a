import type { HappeningTime } from "../classify/happening.ts";
import type { FieldContext, ItemContext } from "../item-context.ts";
import type { Sentence } from "../language/reading.ts";
import type { RuleMatch } from "./topic-match.ts";
import type { PositionRules, Sign, Topic, Variant } from "./topic-rules.ts";

/** The baseline event that a position speaks of; `undefined` when it speaks of another time than the story's. */
export interface EventOf {
  readonly event: string | null | undefined;
  readonly because: string;
}

/** Tells which happening a position speaks of: by the date gate, then by signs, by its date, by the day of publication. */
export function eventOf(
  topic: Topic,
  { position, ahead }: Pick<PositionRules, "position" | "ahead">,
  match: RuleMatch,
  field: FieldContext,
  sentence: Sentence,
  context: ItemContext,
): EventOf {
  const published = context.item.published?.slice(0, 10) ?? null;
  const { from, to } = context.story.window;
  const current = published === null || (published >= from && published <= to);
  const time = context.happening(field.reading.field, match.first, match.last);
  const gone = time.scope === "before" && !(ahead && current && isLastWeek(time.to, published));
  if (
    topic.dated &&
    (gone || time.scope === "after") &&
    !isOfAnotherClause(time, topic, position, match, field, sentence, context)
  ) {
    return { event: undefined, because: time.because };
  }
  if (!current && (!topic.dated || time.scope === "unknown")) {
    return { event: undefined, because: `published ${published}, no date in the text` };
  }
  if (topic.variants.length === 0) return { event: topic.event, because: time.because };
  return variantOf(topic, position, field, sentence, context, time, published);
}

function variantOf(
  topic: Topic,
  position: string,
  field: FieldContext,
  sentence: Sentence,
  context: ItemContext,
  time: HappeningTime,
  published: string | null,
): EventOf {
  const near = context.story.topics.cues(context.reading.lang)(field.reading.tokens, sentence.first, sentence.last);
  const seen = new Set(near.map((cue) => cue.payload));
  const scores = topic.variants.map((variant) => {
    const signs = variant.signs.filter((sign) => stands(sign, position, published) && seen.has(sign.cue));
    return { variant, score: signs.length * 2 + (happenedIn(variant, time) ? 1 : 0) };
  });
  scores.sort((a, b) => b.score - a.score);
  const [best, second] = scores;
  if (best && best.score > (second?.score ?? 0))
    return { event: best.variant.event, because: `signs of ${best.variant.event}` };
  const fits = topic.otherwise.find(
    (one) =>
      (one.position === null || one.position === position) &&
      (one.until === null || (published !== null && published <= one.until)),
  );
  return { event: fits?.event ?? null, because: `by position and day of publication (${published ?? "unknown"})` };
}

/**
 * A bare year in another clause dates what stands there («a truce brokered by Russia did not hold, and the clashes are
 * the worst since the war of 2020») where signs tell which happening is meant.
 */
function isOfAnotherClause(
  time: HappeningTime,
  topic: Topic,
  position: string,
  match: RuleMatch,
  field: FieldContext,
  sentence: Sentence,
  context: ItemContext,
): boolean {
  if (!time.from?.endsWith("-01-01") || !time.to?.endsWith("-12-31")) return false;
  const { tokens, original } = field.reading;
  const end = tokens[match.last - 1]!.end;
  const at = original.indexOf(time.because, end);
  if (at < 0 || !/[,،;]/.test(original.slice(end, at))) return false;
  const comma = tokens.findIndex((token) => token.start >= end && token.folded === ",");
  const cues = context.story.topics.cues(context.reading.lang)(
    tokens,
    sentence.first,
    comma < 0 ? sentence.last : comma,
  );
  const seen = new Set(cues.map((cue) => cue.payload));
  const published = context.item.published?.slice(0, 10) ?? null;
  return topic.variants.some(({ signs }) =>
    signs.some((sign) => seen.has(sign.cue) && stands(sign, position, published)),
  );
}

/** A weekday that was resolved to the week before publication may as well be the coming one. */
function isLastWeek(day: string | null, published: string | null): boolean {
  if (day === null || published === null || day > published) return false;
  return Date.parse(published) - Date.parse(day) <= 7 * 86_400_000;
}

function stands(sign: Sign, position: string, published: string | null): boolean {
  if (sign.position !== null && sign.position !== position) return false;
  return sign.until === null || (published !== null && published <= sign.until);
}

/** Whether a single day that the text names falls into the days of a variant. */
function happenedIn(variant: Variant, time: HappeningTime): boolean {
  if (time.from === null || time.to === null || time.from !== time.to) return false;
  return time.from >= variant.happened.from && time.to <= variant.happened.to;
}

import type { EventShown, StoryShown } from "../../../api/story-shown.ts";
import type { Range } from "../../parts/chart/time-axis.ts";

const DAY = 86_400_000;

/**
 * The time that all charts of a story show, so that they can be read beside each other: from shortly before the article
 * to the newest report. A page that was edited long after the story's window does not stretch it.
 */
export function storyRange({ article, window }: StoryShown, events: readonly EventShown[]): Range {
  const begins = Date.parse(article.published);
  const ends = Date.parse(window.to) + 2 * DAY;
  const times = events.flatMap(({ lastPublishedAt, standings }) => [
    lastPublishedAt,
    ...standings.flatMap(({ current, reported }) => [current?.asOf ?? null, reported?.publishedAt ?? null]),
  ]);
  const reported = times.flatMap((at) => (at === null ? [] : [Date.parse(at)])).filter((at) => at <= ends);
  const to = Math.max(begins + DAY, ...reported);
  const from = Math.min(begins - 2.25 * DAY, to - 3 * DAY);
  return { from, to: to + (to - from) * 0.04 };
}

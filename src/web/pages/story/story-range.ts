import type { EventShown, StoryShown } from "../../../api/story-shown.ts";
import type { Range } from "../../parts/chart/time-axis.ts";

const DAY = 86_400_000;

/** The time that all charts of a story show, so that they can be read beside each other: from shortly before the article to the newest report. */
export function storyRange(story: StoryShown, events: readonly EventShown[]): Range {
  const article = Date.parse(story.article.published);
  const newest = events.flatMap(({ lastPublishedAt }) =>
    lastPublishedAt === null ? [] : [Date.parse(lastPublishedAt)],
  );
  const to = Math.max(article + DAY, ...newest);
  const from = Math.min(article - 2.25 * DAY, to - 3 * DAY);
  return { from, to: to + (to - from) * 0.04 };
}

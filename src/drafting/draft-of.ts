import { loadFrames } from "../config/load-frames.ts";
import { loadLanguages } from "../config/load-languages.ts";
import { loadStoryToDraft, storyIds } from "../config/load-story.ts";
import { analyzeContext } from "../domain/analyze.ts";
import { type BaselineDraft, draftBaseline } from "../domain/baseline/draft.ts";
import type { Article } from "../domain/baseline/draft-article.ts";
import { dayFromText } from "../domain/baseline/draft-day.ts";
import type { Item } from "../domain/item.ts";
import { readContext } from "../domain/read-context.ts";

/** What is said of an article that a baseline is to be drawn from. */
export interface DraftOptions {
  /** By default the first story. */
  readonly story?: string | undefined;
  /** When it appeared, ISO 8601. */
  readonly published?: string | undefined;
  readonly lang?: string | undefined;
}

/** What is wrong with what was said of an article. */
export class DraftError extends Error {
  override name = "DraftError";
  readonly field: "story" | "published";
  constructor(field: "story" | "published", message: string) {
    super(message);
    this.field = field;
  }
}

/**
 * Reads an article for a story and draws a baseline from it.
 * @throws ConfigError where the configuration has mistakes, DraftError where there is no such story or date.
 */
export function draftOf(article: Article, options: DraftOptions, configDir: string): BaselineDraft {
  const story = loadStoryToDraft(configDir, storyNamed(storyIds(configDir), options.story));
  const packs = loadLanguages(configDir);
  const frame = loadFrames(configDir, [story]).get(story.id)!;
  const lang = options.lang ?? article.lang ?? undefined;
  const given = publishedOf(options.published, article);
  const item: Item = {
    id: "article",
    title: article.title,
    text: article.text,
    published: given?.time ?? null,
    ...(lang === undefined ? {} : { lang }),
  };
  const first = readContext(item, { packs, story });
  const taken = given ?? timeFromText(dayFromText(first), story.timezone);
  const context = taken === given ? first : readContext({ ...item, published: taken?.time ?? null }, { packs, story });
  return draftBaseline({
    article,
    context,
    analysis: analyzeContext(context),
    changes: frame.changes,
    publishedFrom: taken?.because ?? "nothing says when; fill in the day, and asOf below",
  });
}

function storyNamed(ids: readonly string[], wanted: string | undefined): string {
  const id = wanted === undefined ? ids[0] : ids.find((one) => one === wanted);
  if (id !== undefined) return id;
  throw new DraftError("story", `there is no story «${wanted ?? ""}»; there are: ${ids.join(", ")}`);
}

interface Published {
  readonly time: string;
  readonly because: string;
}

function publishedOf(option: string | undefined, article: Article): Published | null {
  if (option !== undefined) {
    const time = new Date(option);
    if (Number.isNaN(time.getTime())) throw new DraftError("published", `«${option}» is no ISO 8601 date`);
    return { time: time.toISOString(), because: "as it was given" };
  }
  return article.published === null ? null : { time: article.published, because: "given by the page" };
}

/** The hour is unknown: midnight in the story's zone, so that it is the day named there. */
function timeFromText(found: ReturnType<typeof dayFromText>, timezone: string): Published | null {
  if (found === null) return null;
  return { time: midnight(found.day, timezone), because: `taken from ${found.because}; the hour is unknown` };
}

/** Midnight of a day in a zone, ISO 8601 with the zone's offset. */
function midnight(day: string, timezone: string): string {
  const offset = new Intl.DateTimeFormat("en", { timeZone: timezone, timeZoneName: "longOffset" })
    .formatToParts(new Date(`${day}T00:00:00Z`))
    .find(({ type }) => type === "timeZoneName")?.value;
  return `${day}T00:00:00${offset?.replace("GMT", "") || "Z"}`;
}

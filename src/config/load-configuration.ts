import { join } from "node:path";
import type { Frame } from "../domain/baseline/frame.ts";
import type { CopyRules } from "../domain/dedup/copy-rules.ts";
import type { UrlRules } from "../domain/feed/canonical-url.ts";
import type { DateWords } from "../domain/feed/feed-date.ts";
import type { LanguagePacks } from "../domain/language/language-pack.ts";
import type { Story } from "../domain/story.ts";
import { FILES_ON_DISK } from "./config-files.ts";
import { loadFeedDates } from "./feed-dates-schema.ts";
import { type FeedsConfig, loadFeeds } from "./feeds-schema.ts";
import { loadLabels } from "./labels-schema.ts";
import { loadCopyRules } from "./load-copy-rules.ts";
import { loadFrames } from "./load-frames.ts";
import { loadLanguages } from "./load-languages.ts";
import { loadStories } from "./load-story.ts";
import { ConfigError, type ConfigMistake } from "./read-yaml.ts";
import { topicDoubts } from "./topic-doubts.ts";
import { loadUrlRules } from "./tracking-parameters-schema.ts";

/** All of config/, read once and compiled. */
export interface Configuration {
  readonly packs: LanguagePacks;
  readonly stories: readonly Story[];
  readonly feeds: FeedsConfig;
  readonly copyRules: CopyRules;
  /** By story: what its observations are held against. */
  readonly frames: ReadonlyMap<string, Frame>;
  readonly dateWords: DateWords;
  /** What makes two addresses of one article differ. */
  readonly urlRules: UrlRules;
}

/** What reading takes: languages and stories, without feeds. */
export type ReadingConfiguration = Pick<Configuration, "packs" | "stories">;

/**
 * Reads languages and stories: all that the offline commands need.
 * @throws ConfigError with file, line and field of every mistake.
 */
export function loadReadingConfiguration(configDir: string, files = FILES_ON_DISK): ReadingConfiguration {
  return { packs: loadLanguages(configDir, files), stories: loadStories(configDir, files) };
}

/**
 * Reads everything under config/. `feedsFile` stands in for config/feeds.yaml.
 * @throws ConfigError with file, line and field of every mistake.
 */
export function loadConfiguration(configDir: string, feedsFile: string | null, files = FILES_ON_DISK): Configuration {
  const reading = loadReadingConfiguration(configDir, files);
  return {
    ...reading,
    frames: loadFrames(configDir, reading.stories, files),
    feeds: loadFeeds(feedsFile ?? join(configDir, "feeds.yaml")),
    copyRules: loadCopyRules(configDir, files),
    dateWords: loadFeedDates(configDir),
    urlRules: loadUrlRules(configDir),
  };
}

export interface ConfigurationCheck {
  readonly mistakes: readonly ConfigMistake[];
  /** What the daemon takes, and is not likely to be meant. */
  readonly doubts: readonly ConfigMistake[];
  readonly summary: string;
}

/** Reads every part and gathers the mistakes of all, so that one look shows them all. */
export function checkConfiguration(configDir: string, feedsFile: string | null): ConfigurationCheck {
  const mistakes: ConfigMistake[] = [];
  const part = <T>(load: () => T): T | null => {
    try {
      return load();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      mistakes.push(...error.mistakes);
      return null;
    }
  };
  const packs = part(() => loadLanguages(configDir));
  const stories = part(() => loadStories(configDir));
  const feeds = part(() => loadFeeds(feedsFile ?? join(configDir, "feeds.yaml")));
  part(() => loadFrames(configDir, stories ?? []));
  for (const { id } of stories ?? []) part(() => loadLabels(configDir, id));
  part(() => loadFeedDates(configDir));
  part(() => loadCopyRules(configDir));
  part(() => loadUrlRules(configDir));
  const counted = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;
  const summary = [
    counted(packs?.byIso.size ?? 0, "language", "languages"),
    counted(stories?.length ?? 0, "story", "stories"),
    counted(feeds?.feeds.length ?? 0, "feed", "feeds"),
  ].join(", ");
  return { mistakes, doubts: (stories ?? []).flatMap((story) => topicDoubts(configDir, story)), summary };
}

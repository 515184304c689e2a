import { type BaselineFile, baselineSchema, compileBaseline } from "../config/baseline-schema.ts";
import { checkConfiguration } from "../config/load-configuration.ts";
import { loadStory } from "../config/load-story.ts";
import { ConfigError, type ConfigMistake, readYamlText } from "../config/read-yaml.ts";
import type { Story } from "../domain/story.ts";

/** What checking the text of a baseline came to. */
export interface BaselineCheck {
  /** What keeps the daemon from starting with it. */
  readonly mistakes: readonly ConfigMistake[];
  /** What the daemon would take, and the story does not know. */
  readonly doubts: readonly ConfigMistake[];
}

export interface CheckOptions {
  readonly configDir: string;
  readonly feedsFile: string | null;
  readonly story: string;
  readonly text: string;
}

/** Checks a baseline as `rasid check` would if it stood in its file, with the story and everything else around it. */
export function checkBaseline({ configDir, feedsFile, story, text }: CheckOptions): BaselineCheck {
  const file = `stories/${story}/baseline.yaml`;
  try {
    const read = readYamlText(text, file, baselineSchema);
    const loaded = loadStory(configDir, story, compileBaseline(read));
    const others = checkConfiguration(configDir, feedsFile).mistakes.filter(
      (mistake) => !mistake.file.replaceAll("\\", "/").endsWith(file),
    );
    return { mistakes: others, doubts: doubtsOf(read, loaded, file, text) };
  } catch (error) {
    if (error instanceof ConfigError) return { mistakes: error.mistakes, doubts: [] };
    throw error;
  }
}

/** Nobody speaks as `-`: the article names no speaker. */
const NOBODY = "-";

function doubtsOf(read: BaselineFile, story: Story, file: string, text: string): ConfigMistake[] {
  const sides = new Set([...story.entities.values()].flatMap(({ side }) => side ?? []));
  const positions = new Set(story.topics.topics.flatMap((topic) => topic.positions.map(({ position }) => position)));
  const lines = text.split("\n");
  const unnamed: ConfigMistake[] =
    read.article.source === "unknown"
      ? [{ file, line: 1, field: "article.source", problem: "the article's source is not named" }]
      : [];
  const claims = read.events.flatMap((event, at) =>
    event.claims.flatMap(({ speaker, side, position }, index) => {
      const doubt = (field: string, value: string, problem: string): ConfigMistake => ({
        file,
        line: lineOf(lines, event.id, `${field}: ${value}`),
        field: `events.${at}.claims.${index}.${field}`,
        problem,
      });
      const found: ConfigMistake[] = [];
      if (speaker !== NOBODY && !story.entities.has(speaker) && !sides.has(speaker))
        found.push(
          doubt("speaker", speaker, `story.yaml names no person or body «${speaker}»: no report will be its word`),
        );
      if (side !== NOBODY && !sides.has(side)) found.push(doubt("side", side, `story.yaml has no side «${side}»`));
      if (position !== undefined && !positions.has(position))
        found.push(doubt("position", position, `topics.yaml has no position «${position}»: no report will be read so`));
      return found;
    }),
  );
  return [...unnamed, ...claims];
}

/** The line on which an event says something; that of the event where it is not to be found. */
function lineOf(lines: readonly string[], event: string, words: string): number {
  const start = lines.findIndex((line) => new RegExp(`^\\s*-?\\s*id: ["']?${event}["']?\\s*$`).test(line));
  const at = lines.findIndex((line, index) => index >= start && line.includes(words));
  return Math.max(at, start, 0) + 1;
}

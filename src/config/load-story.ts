import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Baseline } from "../domain/baseline/baseline.ts";
import type { Story } from "../domain/story.ts";
import { baselineSchema, compileBaseline } from "./baseline-schema.ts";
import { readYaml } from "./read-yaml.ts";
import { compileRelevance, relevanceSchema } from "./relevance-schema.ts";
import { compileStory, storySchema } from "./story-schema.ts";
import { compileTopics, topicsSchema } from "./topics-schema.ts";

/**
 * Reads `<configDir>/stories/<id>/` and compiles it into a story: one file a part. `baseline` stands in for its file.
 * @throws ConfigError with file, line and field of every mistake.
 */
export function loadStory(configDir: string, id: string, baseline?: Baseline): Story {
  const file = (part: string) => join(configDir, "stories", id, `${part}.yaml`);
  return {
    ...compileStory(readYaml(file("story"), storySchema)),
    relevance: compileRelevance(readYaml(file("relevance"), relevanceSchema)),
    topics: compileTopics(readYaml(file("topics"), topicsSchema)),
    baseline: baseline ?? compileBaseline(readYaml(file("baseline"), baselineSchema)),
  };
}

/** Reads every story under `<configDir>/stories`, in order of name. */
export function loadStories(configDir: string): Story[] {
  return storyIds(configDir).map((id) => loadStory(configDir, id));
}

/** The ids of the stories under `<configDir>/stories`, in order. */
export function storyIds(configDir: string): string[] {
  const root = join(configDir, "stories");
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, "story.yaml")))
    .map((entry) => entry.name)
    .sort();
}

/**
 * Reads a story that a baseline is to be drawn for: one without `baseline.yaml` has an empty one.
 * @throws ConfigError with file, line and field of every mistake.
 */
export function loadStoryToDraft(configDir: string, id: string): Story {
  return loadStory(
    configDir,
    id,
    existsSync(join(configDir, "stories", id, "baseline.yaml")) ? undefined : NO_BASELINE,
  );
}

const NO_BASELINE: Baseline = {
  article: { source: "none", lang: "und", published: "1970-01-01T00:00:00Z" },
  events: [],
  byId: new Map(),
  discrepancies: [],
  background: [],
};

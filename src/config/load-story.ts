import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Story } from "../domain/story.ts";
import { baselineSchema, compileBaseline } from "./baseline-schema.ts";
import { readYaml } from "./read-yaml.ts";
import { compileRelevance, relevanceSchema } from "./relevance-schema.ts";
import { compileStory, storySchema } from "./story-schema.ts";
import { compileTopics, topicsSchema } from "./topics-schema.ts";

/**
 * Reads `<configDir>/stories/<id>/` and compiles it into a story: one file a part.
 * @throws ConfigError with file, line and field of every mistake.
 */
export function loadStory(configDir: string, id: string): Story {
  const file = (part: string) => join(configDir, "stories", id, `${part}.yaml`);
  return {
    ...compileStory(readYaml(file("story"), storySchema)),
    relevance: compileRelevance(readYaml(file("relevance"), relevanceSchema)),
    topics: compileTopics(readYaml(file("topics"), topicsSchema)),
    baseline: compileBaseline(readYaml(file("baseline"), baselineSchema)),
  };
}

/** Reads every story under `<configDir>/stories`, in order of name. */
export function loadStories(configDir: string): Story[] {
  const root = join(configDir, "stories");
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, "story.yaml")))
    .map((entry) => entry.name)
    .sort()
    .map((id) => loadStory(configDir, id));
}

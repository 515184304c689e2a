import { join } from "node:path";
import type { Baseline } from "../domain/baseline/baseline.ts";
import type { RelevanceRules } from "../domain/classify/relevance-rules.ts";
import type { Story } from "../domain/story.ts";
import { baselineSchema, compileBaseline } from "./baseline-schema.ts";
import { compileFile } from "./compile-file.ts";
import { type ConfigFiles, FILES_ON_DISK } from "./config-files.ts";
import { ConfigError, isAsBuilt, readYaml } from "./read-yaml.ts";
import { compileEveryLanguage, compileRelevance, relevanceSchema } from "./relevance-schema.ts";
import { compileStory, storySchema } from "./story-schema.ts";
import { refuseStrayFiles } from "./stray-files.ts";
import { compileTopics, topicsSchema } from "./topics-schema.ts";

/** The files of a story's folder, without `.yaml`. */
const PARTS = ["story", "relevance", "topics", "baseline", "labels"];

/**
 * Reads `<configDir>/stories/<id>/` and compiles it into a story: one file a part. `baseline` stands in for its file.
 * @throws ConfigError with file, line and field of every mistake.
 */
export function loadStory(configDir: string, id: string, baseline?: Baseline, files = FILES_ON_DISK): Story {
  const file = (part: string) => join(configDir, "stories", id, `${part}.yaml`);
  return {
    ...compileFile(file("story"), readYaml(file("story"), storySchema, files), compileStory),
    relevance: readRelevance(file("relevance"), files),
    topics: compileFile(file("topics"), readYaml(file("topics"), topicsSchema, files), compileTopics),
    baseline: baseline ?? readBaseline(file("baseline"), id, files),
  };
}

/** Languages are compiled when they are met; of a file that was changed since the build all are now, for their mistakes. */
function readRelevance(file: string, files: ConfigFiles): RelevanceRules {
  const data = readYaml(file, relevanceSchema, files);
  if (!isAsBuilt(file, files)) compileFile(file, data, compileEveryLanguage);
  return compileFile(file, data, compileRelevance);
}

function readBaseline(file: string, story: string, files: ConfigFiles): Baseline {
  if (files.has(file)) return compileBaseline(readYaml(file, baselineSchema, files));
  const problem = `there is no such file yet: \`rasid baseline draft --story ${story} ARTICLE\` draws one to review`;
  throw new ConfigError([{ file, line: 1, field: "", problem }]);
}

/**
 * Reads every story under `<configDir>/stories`, in order of name.
 * @throws ConfigError with every mistake, also where there is no story at all.
 */
export function loadStories(configDir: string, files = FILES_ON_DISK): Story[] {
  const root = join(configDir, "stories");
  const ids = storyIds(configDir, files);
  if (ids.length === 0)
    throw new ConfigError([{ file: root, line: 1, field: "", problem: "there is no folder of a story in it" }]);
  for (const id of ids) refuseStrayFiles(join(root, id), PARTS, files);
  return ids.map((id) => loadStory(configDir, id, undefined, files));
}

/** The ids of the stories under `<configDir>/stories`, in order: every folder is one. */
export function storyIds(configDir: string, files = FILES_ON_DISK): string[] {
  return files.folders(join(configDir, "stories")).filter((name) => !name.startsWith("."));
}

/**
 * Reads a story that a baseline is to be drawn for: one without `baseline.yaml` has an empty one.
 * @throws ConfigError with file, line and field of every mistake.
 */
export function loadStoryToDraft(configDir: string, id: string): Story {
  return loadStory(
    configDir,
    id,
    FILES_ON_DISK.has(join(configDir, "stories", id, "baseline.yaml")) ? undefined : NO_BASELINE,
  );
}

const NO_BASELINE: Baseline = {
  article: { source: "none", lang: "und", published: "1970-01-01T00:00:00Z" },
  events: [],
  byId: new Map(),
  discrepancies: [],
  background: [],
};

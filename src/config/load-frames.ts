import { join } from "node:path";
import type { Frame } from "../domain/baseline/frame.ts";
import type { Story } from "../domain/story.ts";
import { FILES_ON_DISK } from "./config-files.ts";
import { readYaml } from "./read-yaml.ts";
import { compileSeverity, severitySchema } from "./severity-schema.ts";

/**
 * What each story's observations are held against: its baseline and window, and the rules of `<configDir>/severity.yaml`.
 * @throws ConfigError with file, line and field of every mistake.
 */
export function loadFrames(configDir: string, stories: readonly Story[], files = FILES_ON_DISK): Map<string, Frame> {
  const rules = compileSeverity(readYaml(join(configDir, "severity.yaml"), severitySchema, files));
  return new Map(stories.map(({ id, baseline, window }) => [id, { story: id, baseline, window, ...rules }]));
}

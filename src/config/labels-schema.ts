import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readYaml } from "./read-yaml.ts";

const byLanguage = z.record(z.string(), z.string().min(1));
const labelled = z.record(z.string(), byLanguage).default({});

/** `config/stories/<story>/labels.yaml`: how ids are shown to people. */
const labelsSchema = z.strictObject({
  title: byLanguage.default({}),
  entities: labelled,
  positions: labelled,
  topics: labelled,
});

/** What ids of a story are called, by language of the interface. */
export type Labels = z.output<typeof labelsSchema>;

/**
 * Reads a story's labels; none where the file is missing.
 * @throws ConfigError with file, line and field of every mistake.
 */
export function loadLabels(configDir: string, story: string): Labels {
  const file = join(configDir, "stories", story, "labels.yaml");
  return existsSync(file) ? readYaml(file, labelsSchema) : { title: {}, entities: {}, positions: {}, topics: {} };
}

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { CopyRules } from "../domain/dedup/copy-rules.ts";
import { compileFile } from "./compile-file.ts";
import { compileCopies, copiesSchema } from "./copies-schema.ts";
import { compileCreditLines, creditLinesSchema } from "./credit-lines-schema.ts";
import { readYaml } from "./read-yaml.ts";

/**
 * Reads what telling copies takes: `<configDir>/credit-lines.yaml` and each language's `copies.yaml` (absent: letters alone).
 * @throws ConfigError with file, line and field of every mistake.
 */
export function loadCopyRules(configDir: string): CopyRules {
  const root = join(configDir, "languages");
  const credits = join(configDir, "credit-lines.yaml");
  const files = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => [entry.name, join(root, entry.name, "copies.yaml")] as const)
    .filter(([, file]) => existsSync(file));
  return {
    byIso: new Map(files.map(([iso, file]) => [iso, compileFile(file, readYaml(file, copiesSchema), compileCopies)])),
    other: compileCopies(copiesSchema.parse({})),
    credits: compileFile(credits, readYaml(credits, creditLinesSchema), compileCreditLines),
  };
}

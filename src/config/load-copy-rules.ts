import { join } from "node:path";
import type { CopyRules } from "../domain/dedup/copy-rules.ts";
import { compileFile } from "./compile-file.ts";
import { FILES_ON_DISK } from "./config-files.ts";
import { compileCopies, copiesSchema } from "./copies-schema.ts";
import { compileCreditLines, creditLinesSchema } from "./credit-lines-schema.ts";
import { readYaml } from "./read-yaml.ts";

/**
 * Reads what telling copies takes: `<configDir>/credit-lines.yaml` and each language's `copies.yaml` (absent: letters alone).
 * @throws ConfigError with file, line and field of every mistake.
 */
export function loadCopyRules(configDir: string, files = FILES_ON_DISK): CopyRules {
  const root = join(configDir, "languages");
  const credits = join(configDir, "credit-lines.yaml");
  const parts = files
    .folders(root)
    .map((iso) => [iso, join(root, iso, "copies.yaml")] as const)
    .filter(([, file]) => files.has(file));
  return {
    byIso: new Map(
      parts.map(([iso, file]) => [iso, compileFile(file, readYaml(file, copiesSchema, files), compileCopies)]),
    ),
    other: compileCopies(copiesSchema.parse({})),
    credits: compileFile(credits, readYaml(credits, creditLinesSchema, files), compileCreditLines),
  };
}

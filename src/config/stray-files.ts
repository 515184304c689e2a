import { join } from "node:path";
import type { ConfigFiles } from "./config-files.ts";
import { ConfigError } from "./read-yaml.ts";

/**
 * Refuses YAML files that nothing reads: a part whose name is mistyped would be silently empty. Other files are let be.
 * @param parts the names of the files that are read, without `.yaml`.
 * @throws ConfigError that names each such file and the names that are read.
 */
export function refuseStrayFiles(folder: string, parts: readonly string[], files: ConfigFiles): void {
  const read = parts.map((part) => `${part}.yaml`);
  const strays = files.names(folder).filter((name) => !read.includes(name));
  if (strays.length === 0) return;
  const problem = `nothing reads a file of this name here; those that are read: ${read.join(", ")}`;
  throw new ConfigError(strays.map((name) => ({ file: join(folder, name), line: 1, field: "", problem })));
}

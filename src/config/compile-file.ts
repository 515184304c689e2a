import { ConfigError } from "./read-yaml.ts";

/** What only compiling finds, such as a misplaced star in a phrase, is a mistake of the file as well. */
export function compileFile<D, T>(file: string, data: D, compile: (data: D) => T): T {
  try {
    return compile(data);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ConfigError([{ file, line: 1, field: "", problem }]);
  }
}

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { type ConfigFiles, FILES_ON_DISK } from "./config-files.ts";
import { mistakesOfIssue } from "./issue-mistakes.ts";

/** A mistake in a file under config/: where it stands and what would be right. */
export interface ConfigMistake {
  readonly file: string;
  readonly line: number;
  readonly field: string;
  readonly problem: string;
}

/** A mistake as it is told: `file:line field: problem`. */
export function configLine({ file, line, field, problem }: ConfigMistake): string {
  return `${file}:${line} ${field === "" ? "(file)" : field}: ${problem}`;
}

/** All mistakes found in the configuration, one a line. */
export class ConfigError extends Error {
  readonly mistakes: readonly ConfigMistake[];
  constructor(mistakes: readonly ConfigMistake[]) {
    super(mistakes.map(configLine).join("\n"));
    this.name = "ConfigError";
    this.mistakes = mistakes;
  }
}

/**
 * Reads one YAML file and checks it against its schema.
 * @throws ConfigError with file, line and field of every mistake.
 */
export function readYaml<S extends z.ZodType>(file: string, schema: S, files = FILES_ON_DISK): z.output<S> {
  const text = readText(file, files);
  const known = parsedBefore(text);
  if (known !== undefined) {
    const read = schema.safeParse(known);
    if (read.success) return read.data;
  }
  return readYamlText(text, file, schema);
}

/**
 * Checks the text of a YAML file against its schema.
 * @param file names it in mistakes.
 * @throws ConfigError with line and field of every mistake.
 */
export function readYamlText<S extends z.ZodType>(text: string, file: string, schema: S): z.output<S> {
  // Only the parser knows the lines that mistakes stand on.
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors.map((error) => ({
        file,
        line: lines.linePos(error.pos[0]).line,
        field: "",
        problem: `not valid YAML: ${error.message.split("\n")[0]}`,
      })),
    );
  }
  const data = dataOf(document, file);
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const nothing = withoutFields(data);
  if (nothing !== null) throw new ConfigError([{ file, line: 1, field: "", problem: nothing }]);
  throw new ConfigError(
    parsed.error.issues
      .flatMap(mistakesOfIssue)
      .map(({ path, problem }) => ({ file, line: lineOf(document, path, lines), field: path.join("."), problem })),
  );
}

/** @throws ConfigError where a word that begins with a star is no alias of anything. */
function dataOf(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const problem = `not valid YAML: ${reason}; a text that begins with * needs quotes`;
    throw new ConfigError([{ file, line: 1, field: "", problem }]);
  }
}

/** What to say of a document that has no fields at all, before any of them is missed; null where it has some. */
function withoutFields(data: unknown): string | null {
  if (data === null || data === undefined) return "is empty; its fields are missing";
  if (typeof data === "object") return null;
  return "holds no fields; it should be YAML in UTF-8, with a name and a value on each line";
}

let store: Readonly<Record<string, unknown>> | null = null;

/**
 * What the build parsed of a file with exactly this text: parsing YAML is most of a command's start. A file that was
 * changed since has another hash and is parsed anew.
 */
function parsedBefore(text: string): unknown {
  if (store === null) {
    const file = fileURLToPath(new URL("./parsed-yaml.json", import.meta.url));
    store = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>) : {};
  }
  return store[hashOf(text)];
}

/** Whether a file stands as the build found it, and found no mistake in it. */
export function isAsBuilt(file: string, files = FILES_ON_DISK): boolean {
  return parsedBefore(readText(file, files)) !== undefined;
}

/** The name under which the build keeps a parsed text. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

function readText(file: string, files: ConfigFiles): string {
  try {
    return files.text(file);
  } catch (error) {
    throw unreadFile(file, error);
  }
}

/** What the system says of a file that cannot be read, as a mistake of the configuration. */
export function unreadFile(file: string, error: unknown): ConfigError {
  return new ConfigError([{ file, line: 1, field: "", problem: whyUnread(error) }]);
}

function whyUnread(error: unknown): string {
  if (!(error instanceof Error)) return `cannot be read: ${String(error)}`;
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "is a folder, a file is needed";
  if (code === "EACCES") return "this user may not read it";
  return `cannot be read: ${error.message}`;
}

/** The line of the deepest node on the path that exists, so that a missing field points at its parent. */
function lineOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly (string | number)[],
  lines: LineCounter,
): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

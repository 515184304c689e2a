import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { type ConfigFiles, FILES_ON_DISK } from "./config-files.ts";
import { unreadFile } from "./read-yaml.ts";

/**
 * The YAML files of a configuration folder as they stood at one moment. Threads share the bytes with the process that
 * keeps them: a thread that starts days later is of the same configuration, and so is a part that is compiled when it is
 * first needed.
 */
export interface KeptConfig {
  readonly configDir: string;
  readonly bytes: SharedArrayBuffer;
  /** By path: where a file's bytes begin and end. */
  readonly files: ReadonlyMap<string, readonly [start: number, end: number]>;
  /** By path: the names of the folders in a folder. */
  readonly folders: ReadonlyMap<string, readonly string[]>;
}

/** Reads the files of all languages and stories, and those beside them. @throws ConfigError where one cannot be read. */
export function keepConfig(configDir: string): KeptConfig {
  const parents = ["languages", "stories"].map((name) => join(configDir, name));
  const folders = new Map(parents.map((parent) => [parent, FILES_ON_DISK.folders(parent)]));
  const within = [...folders].flatMap(([parent, names]) => names.map((name) => join(parent, name)));
  const read = [configDir, ...within].flatMap((folder) =>
    FILES_ON_DISK.names(folder).map((name) => [join(folder, name), bytesOf(join(folder, name))] as const),
  );
  const bytes = new SharedArrayBuffer(read.reduce((sum, [, { length }]) => sum + length, 0));
  const files = new Map<string, readonly [number, number]>();
  let end = 0;
  for (const [file, content] of read) {
    new Uint8Array(bytes).set(content, end);
    files.set(file, [end, end + content.length]);
    end += content.length;
  }
  return { configDir, bytes, files, folders };
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw unreadFile(file, error);
  }
}

/** Not part of how texts are read, and written while daemons run. */
const FEEDS = "feeds.yaml";

/** What two kept configurations share exactly when they read every text alike, wherever their folders lie. */
export function fingerprintOf(config: KeptConfig): string {
  const { text } = keptFiles(config);
  const named = [...config.files.keys()].map((file) => [relative(config.configDir, file).replaceAll(sep, "/"), file]);
  const hash = createHash("sha256");
  for (const [name = "", file = ""] of named.sort(([one = ""], [other = ""]) => (one < other ? -1 : 1)))
    if (name !== FEEDS) hash.update(JSON.stringify([name, text(file)]));
  return hash.digest("base64url").slice(0, 16);
}

/** The files of a kept configuration. One that came into the folder since is not there. */
export function keptFiles({ bytes, files, folders }: KeptConfig): ConfigFiles {
  return {
    has: (file) => files.has(file),
    text: (file) => {
      const place = files.get(file);
      if (place === undefined) throw Object.assign(new Error(`${file} was not kept`), { code: "ENOENT" });
      const [start, end] = place;
      return Buffer.from(bytes, start, end - start).toString("utf8");
    },
    names: (folder) =>
      [...files.keys()].filter((file) => dirname(file) === folder).map((file) => file.slice(folder.length + 1)),
    folders: (folder) => [...(folders.get(folder) ?? [])],
  };
}

import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { storyIds } from "./load-story.ts";
import { hashOf } from "./read-yaml.ts";

/** The file of a story's baseline as it stands. */
export interface BaselineFileState {
  /** Inside the configuration folder, for people: `stories/<id>/baseline.yaml`. */
  readonly name: string;
  /** null: there is none yet. */
  readonly text: string | null;
  readonly hash: string | null;
  /** Whether the folder lets it be written. */
  readonly writable: boolean;
}

/** The path of a story's baseline; null where there is no such story. Only names that the folder itself lists are taken. */
export function baselinePath(configDir: string, story: string): string | null {
  const id = storyIds(configDir).find((one) => one === story);
  return id === undefined ? null : join(configDir, "stories", id, "baseline.yaml");
}

/** What a story's file holds now; null where there is no such story. */
export function readBaselineFile(configDir: string, story: string): BaselineFileState | null {
  const path = baselinePath(configDir, story);
  if (path === null) return null;
  const text = existsSync(path) ? readFileSync(path, "utf8") : null;
  return {
    name: `stories/${story}/baseline.yaml`,
    text,
    hash: text === null ? null : hashOf(text),
    writable: isWritable(dirname(path)),
  };
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

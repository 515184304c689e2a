import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const DIST = new URL("../../dist/", import.meta.url);

/** A module as it is shipped: what runs from the sources carries the additions of the tool that strips their types. */
export async function built<T>(module: string): Promise<T> {
  return (await import(new URL(module, DIST).href)) as T;
}

/** The command line's entry file. RASID_BENCH_ENTRY names another. */
export function entryFile(): string {
  const entry = process.env.RASID_BENCH_ENTRY ?? fileURLToPath(new URL("cli.js", DIST));
  if (!existsSync(entry)) throw new Error(`${entry} is missing: run \`npm run build\` first`);
  return entry;
}

import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** Puts a text in a file's place, all at once: it is on the disk before it takes the name. Throws what the system says. */
export function replaceFile(path: string, text: string): void {
  const aside = `${path}.${process.pid}.new`;
  const file = openSync(aside, "w");
  try {
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}

import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Where the files of a configuration are read from, by their paths. */
export interface ConfigFiles {
  has(file: string): boolean;
  /** @throws what the system says where the file cannot be read. */
  text(file: string): string;
  /** The names of the YAML files in a folder. */
  names(folder: string): string[];
  /** The names of the folders in a folder, in order. */
  folders(folder: string): string[];
}

/** The files as they stand at the moment when each is read. */
export const FILES_ON_DISK: ConfigFiles = {
  has: existsSync,
  text: (file) => readFileSync(file, "utf8"),
  names: (folder) => readdirSync(folder).filter((name) => /\.ya?ml$/i.test(name)),
  folders: (folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort(),
};

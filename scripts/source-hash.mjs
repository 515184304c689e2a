import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What a build is made from, apart from its packages. */
const SOURCES = [
  "src",
  "scripts/build.mjs",
  "tsconfig.json",
  "tsconfig.build.json",
  "vite.config.ts",
  "package-lock.json",
];

/** The files a build is made from, by path, in one order everywhere. */
function sourceFiles(root) {
  const within = (name) => {
    const path = join(root, name);
    if (!existsSync(path)) return [];
    if (!statSync(path).isDirectory()) return [name];
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length));
  };
  return SOURCES.flatMap(within).sort();
}

/** The newest change among the source's files, in milliseconds since 1970. */
export function newestChange(root) {
  return Math.max(...sourceFiles(root).map((name) => statSync(join(root, name)).mtimeMs));
}

/** One hash over names and contents of the source, the same on every machine. */
export function sourceHash(root) {
  const hash = createHash("sha256");
  for (const name of sourceFiles(root))
    hash
      .update(name)
      .update("\0")
      .update(readFileSync(join(root, name)))
      .update("\0");
  return hash.digest("hex");
}

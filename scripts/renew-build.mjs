import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { newestChange, sourceHash } from "./source-hash.mjs";

/**
 * Builds the checkout anew where its build is missing or was made from another source; says so on standard error.
 * Times are compared first, since reading the whole source at every call would take longer than most commands.
 * @returns whether the build is good to run
 */
export function renewBuild(root = fileURLToPath(new URL("..", import.meta.url))) {
  const stamp = join(root, "dist", "source-hash");
  if (existsSync(stamp)) {
    if (newestChange(root) <= statSync(stamp).mtimeMs) return true;
    if (readFileSync(stamp, "utf8") === sourceHash(root)) return markAsNewest(stamp);
  }
  console.error("rasid: the source is newer than its build; building");
  const build = spawnSync(process.execPath, [join(root, "scripts", "build.mjs")], { stdio: ["ignore", 2, 2] });
  if (build.status === 0) return true;
  console.error("rasid: the build failed, see above; mend that, or run `npm ci` where packages are missing");
  return false;
}

/** A copied checkout has new times and the old content: the stamp takes today's time, where it may be written. */
function markAsNewest(stamp) {
  try {
    utimesSync(stamp, new Date(), new Date());
  } catch {
    // A read-only installation compares contents at every start instead.
  }
  return true;
}

// Run by itself, before what measures or shows the build.
if (process.argv[1] === fileURLToPath(import.meta.url) && !renewBuild()) process.exit(1);

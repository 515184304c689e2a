// Compiles src to dist and puts beside it the files that are data (SQL migrations).
// With --if-possible (npm's prepare) an install without the dev dependencies skips the build.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
if (!existsSync(compiler)) {
  if (process.argv.includes("--if-possible")) {
    console.error("rasid: the dev dependencies are absent, the build is skipped");
    process.exit(0);
  }
  console.error("rasid: typescript is not installed; run `npm ci` first");
  process.exit(1);
}
rmSync(join(root, "dist"), { recursive: true, force: true });
const built = spawnSync(process.execPath, [compiler, "-p", join(root, "tsconfig.build.json")], {
  stdio: "inherit",
  cwd: root,
});
if (built.status !== 0) process.exit(built.status ?? 1);
const migrations = join(root, "src", "ledger", "migrations");
if (existsSync(migrations) && readdirSync(migrations).length > 0)
  cpSync(migrations, join(root, "dist", "ledger", "migrations"), { recursive: true });
const cli = join(root, "dist", "cli.js");
if (existsSync(cli)) chmodSync(cli, 0o755);

// Parsed once here, so that commands start quickly; a file that is changed later is parsed when it is read.
const config = join(root, "config");
const { hashOf } = await import(pathToFileURL(join(root, "dist", "config", "read-yaml.js")).href);
const { parse } = await import("yaml");
const parsed = {};
for (const name of existsSync(config) ? readdirSync(config, { recursive: true }) : []) {
  if (!String(name).endsWith(".yaml")) continue;
  const text = readFileSync(join(config, String(name)), "utf8");
  try {
    parsed[hashOf(text)] = parse(text);
  } catch {
    // A mistake is told with its line when the file is read.
  }
}
writeFileSync(join(root, "dist", "config", "parsed-yaml.json"), JSON.stringify(parsed));

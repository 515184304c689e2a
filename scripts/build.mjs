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

// Parsed and checked once here, so that commands start quickly; a file that is changed later is read anew.
const config = join(root, "config");
if (existsSync(config)) {
  const built = (file) => import(pathToFileURL(join(root, "dist", "config", file)).href);
  const { hashOf } = await built("read-yaml.js");
  const { checkConfiguration } = await built("load-configuration.js");
  const { mistakes } = checkConfiguration(config, null);
  if (mistakes.length === 0) {
    const { parse } = await import("yaml");
    const names = readdirSync(config, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith(".yaml"));
    const texts = names.map((name) => readFileSync(join(config, name), "utf8"));
    const parsed = Object.fromEntries(texts.map((text) => [hashOf(text), parse(text)]));
    writeFileSync(join(root, "dist", "config", "parsed-yaml.json"), JSON.stringify(parsed));
  }
}

// Compiles src to dist and puts beside it what is data: SQL migrations, and the configuration as parsed and checked now.
// The dashboard (src/web) is bundled into dist/web.
// The new build takes the old one's place at the end, so that nothing that runs misses a file meanwhile.
// With --if-possible (npm's prepare) an install without the dev dependencies skips the build.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { sourceHash } from "./source-hash.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const fresh = join(root, `.dist-${process.pid}`);
const compiler = join(root, "node_modules", "typescript", "bin", "tsc");

if (!existsSync(compiler)) {
  if (process.argv.includes("--if-possible")) {
    console.error("rasid: the dev dependencies are absent, the build is skipped");
    process.exit(0);
  }
  console.error("rasid: typescript is not installed; run `npm ci` first");
  process.exit(1);
}
try {
  await build();
} finally {
  rmSync(fresh, { recursive: true, force: true });
}

async function build() {
  // Taken before the compiler reads: what is edited meanwhile belongs to the next build.
  const source = sourceHash(root);
  const begun = new Date();
  const args = [compiler, "-p", join(root, "tsconfig.build.json"), "--outDir", fresh];
  const compiled = spawnSync(process.execPath, args, { stdio: "inherit", cwd: root });
  if (compiled.status !== 0) {
    process.exitCode = compiled.status ?? 1;
    return;
  }
  cpSync(join(root, "src", "ledger", "migrations"), join(fresh, "ledger", "migrations"), { recursive: true });
  chmodSync(join(fresh, "cli.js"), 0o755);
  await keepConfiguration();
  await buildDashboard(join(fresh, "web"));
  writeFileSync(join(fresh, "source-hash"), source);
  utimesSync(join(fresh, "source-hash"), begun, begun);
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
}

/** The pages of the dashboard, and beside each file its compressed forms. */
async function buildDashboard(outDir) {
  const vite = await import("vite");
  await vite.build({ configFile: join(root, "vite.config.ts"), build: { outDir } });
  // For the sign-in page, which those see who may read nothing else.
  cpSync(join(root, "src", "web", "style"), join(outDir, "style"), { recursive: true });
  const assets = join(outDir, "assets");
  for (const name of readdirSync(assets)) {
    const bytes = readFileSync(join(assets, name));
    if (!/\.(js|css|svg)$/.test(name) || bytes.length < 1024) continue;
    writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes));
    writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

/** Parsed and checked once here, so that commands start quickly; a file that is changed later is read anew. */
async function keepConfiguration() {
  const config = join(root, "config");
  if (!existsSync(config)) return;
  const part = (file) => import(pathToFileURL(join(fresh, "config", file)).href);
  const { hashOf } = await part("read-yaml.js");
  const { checkConfiguration } = await part("load-configuration.js");
  if (checkConfiguration(config, null).mistakes.length > 0) return;
  const { parse } = await import("yaml");
  const names = readdirSync(config, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".yaml"));
  const texts = names.map((name) => readFileSync(join(config, name), "utf8"));
  const parsed = Object.fromEntries(texts.map((text) => [hashOf(text), parse(text)]));
  writeFileSync(join(fresh, "config", "parsed-yaml.json"), JSON.stringify(parsed));
}

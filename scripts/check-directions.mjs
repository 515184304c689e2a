// Checks the directions of imports. A run that read no module proves nothing, so it fails.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const run = spawnSync(
  process.execPath,
  [
    "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    "src",
    "--config",
    ".dependency-cruiser.cjs",
    "--output-type",
    "json",
  ],
  {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  },
);
if (run.error || !run.stdout) {
  console.error(run.error?.message ?? run.stderr);
  process.exit(1);
}
const { summary } = JSON.parse(run.stdout);
const own = summary.totalCruised;
for (const violation of summary.violations)
  console.error(`${violation.rule.severity} ${violation.rule.name}: ${violation.from} → ${violation.to}`);
if (own < 20) {
  console.error(`only ${own} modules were read: the parser is missing or the path is wrong`);
  process.exit(1);
}
console.log(`${own} modules, ${summary.violations.length} violations of the import directions`);
process.exit(summary.violations.some((violation) => violation.rule.severity === "error") ? 1 : 0);

// Checks the directions of imports. A run that read no module proves nothing, so it fails.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
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
const web = dashboardImports();
for (const { from, to } of web.wrong) console.error(`error the-dashboard-takes-types-and-pure-code: ${from} → ${to}`);
if (web.modules < 20) {
  console.error(`only ${web.modules} modules of the dashboard were read`);
  process.exit(1);
}
const wrong = summary.violations.length + web.wrong.length;
console.log(`${own + web.modules} modules, ${wrong} violations of the import directions`);
process.exit(web.wrong.length > 0 || summary.violations.some(({ rule }) => rule.severity === "error") ? 1 : 0);

/**
 * What runs in the browser takes itself, the pure domain, the list of paths and the packages that are bundled; of
 * everything else its types alone.
 */
function dashboardImports() {
  const files = readdirSync(join(root, "src", "web"), { recursive: true })
    .map((name) => join("src", "web", String(name)))
    .filter((name) => /\.tsx?$/.test(name));
  const wrong = files.flatMap((from) => {
    const text = readFileSync(join(root, from), "utf8");
    const named = [...text.matchAll(/^(?:import|export)\s+(?!type\b)(?:([^;"]*?)\s+from\s+)?"([^"]+)"/gm)]
      .filter(([, names]) => !onlyTypes(names))
      .map(([, , to]) => to);
    const lazy = [...text.matchAll(/\bimport\("([^"]+)"\)/g)].map(([, to]) => to);
    return [...named, ...lazy]
      .map((to) => (to.startsWith(".") ? relative(root, join(root, dirname(from), to)) : to))
      .filter((to) => !/^(src\/(web|domain)\/|src\/api\/dashboard-paths\.ts$|preact\b|uplot\b)/.test(to))
      .map((to) => ({ from, to }));
  });
  return { modules: files.length, wrong };
}

/** As in `import { type A, type B } from …`. */
function onlyTypes(names) {
  const braced = /^\{([\s\S]*)\}$/.exec(names ?? "");
  return braced?.[1].split(",").every((name) => name.trim() === "" || /^type\s/.test(name.trim())) ?? false;
}

// The directions in which the parts of src may import each other (ARCHITECTURE.md, "Invariants").
const inside = (...parts) => `^src/(${parts.join("|")})`;

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    {
      name: "domain-is-pure",
      comment: "The domain imports nothing but itself: no I/O, no clock, no database, no other package.",
      severity: "error",
      from: { path: inside("domain/") },
      to: { pathNot: inside("domain/") },
    },
    {
      name: "foundations-import-the-domain-only",
      severity: "error",
      from: { path: "^src/(config|ledger|net|queues|parsing)/" },
      to: { path: "^src/", pathNot: ["^src/domain/", "^src/$1/"] },
    },
    {
      name: "analysis-imports-domain-and-configuration",
      severity: "error",
      from: { path: inside("analysis/") },
      to: { path: "^src/", pathNot: inside("domain/", "config/", "analysis/", "parsing/(start-thread|thread-deadline)\\.ts$") },
    },
    {
      name: "workers-never-import-each-other",
      severity: "error",
      from: { path: "^src/workers/([^/]+)\\.ts$" },
      to: { path: "^src/workers/", pathNot: "^src/workers/$1\\.ts$" },
    },
    {
      name: "workers-import-foundations-only",
      severity: "error",
      from: { path: "^src/workers/" },
      to: { path: "^src/", pathNot: inside("(domain|config|ledger|net|queues|parsing|analysis|workers)/") },
    },
    {
      name: "sql-only-in-the-ledger",
      severity: "error",
      from: { path: "^src/", pathNot: inside("ledger/", "queues/postgres-connection\\.ts$") },
      to: { path: "node_modules/(pg|kysely)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "http-out-only-through-net",
      severity: "error",
      from: { path: "^src/", pathNot: inside("net/") },
      to: { path: "node_modules/undici/" },
    },
    { name: "nothing-imports-the-command-line", severity: "error", from: { path: "^src/", pathNot: "^src/cli\\.ts$" }, to: { path: "^src/cli\\.ts$" } },
    { name: "no-dev-dependencies-in-src", severity: "error", from: { path: "^src/" }, to: { dependencyTypes: ["npm-dev"], pathNot: "node_modules/@types/" } },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    // The parser knows no JSX: scripts/check-directions.mjs reads src/web by itself.
    exclude: { path: "^src/web/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"], extensions: [".ts", ".js"] },
  },
};

#!/usr/bin/env node
// Runs the compiled command line. A checkout whose source has changed since its build is built first: an old build would
// read a new configuration wrongly. An installed package carries no source and starts at once.
import { existsSync } from "node:fs";

if (existsSync(new URL("../src", import.meta.url))) {
  const { renewBuild } = await import("../scripts/renew-build.mjs");
  if (!renewBuild()) process.exit(1);
}
await import("../dist/cli.js");

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BECAUSE_ARABIC } from "../../src/web/parts/claims/because-words.ts";

const folder = new URL("../../src/domain/baseline/", import.meta.url);

test("every reason that an alert can give is said in Arabic too", () => {
  const code = readdirSync(folder)
    .filter((name) => !/^(draft|match-event)/.test(name))
    .map((name) => readFileSync(new URL(name, folder), "utf8"))
    .join("\n");
  for (const reason of Object.keys(BECAUSE_ARABIC)) expect(code, reason).toContain(`"${reason}"`);
  // Reasons are sentences without a capital, in the calls that tell.
  const told = [
    ...code.matchAll(/(?:because:|announce\([\s\S]{0,160}?|withdraw\([^"]*|\? |: )\s*"([a-z][^"]+ [^"]+)"/g),
  ];
  const sentences = new Set(told.map(([, sentence]) => sentence as string).filter((one) => one.split(" ").length > 3));
  const decisions = readFileSync(new URL("decision.ts", folder), "utf8");
  const missing = [...sentences].filter((one) => !(one in BECAUSE_ARABIC) && !decisions.includes(`"${one}"`));
  expect(missing).toEqual([]);
});

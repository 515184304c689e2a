import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const checkout = mkdtempSync(join(tmpdir(), "rasid-checkout-"));
const source = join(checkout, "src", "cli.ts");
const building = "the source is newer than its build; building";

/** A checkout in small: the project's own scripts and compiler on a command line of one file. */
beforeAll(() => {
  for (const name of ["bin", "scripts", "package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json"])
    cpSync(join(root, name), join(checkout, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(checkout, "node_modules"));
  for (const folder of ["src/ledger/migrations", "src/web/style"])
    mkdirSync(join(checkout, folder), { recursive: true });
  writeFileSync(join(checkout, "src", "web", "index.html"), "<!doctype html><title>Small</title>");
  writeFileSync(
    join(checkout, "vite.config.ts"),
    'export default { root: new URL("src/web", import.meta.url).pathname, build: { assetsInlineLimit: 0, emptyOutDir: true } };',
  );
  mkdirSync(join(checkout, "src", "web", "public", "assets"), { recursive: true });
  writeFileSync(join(checkout, "src", "web", "public", "assets", "mark.svg"), "<svg/>");
  say("first");
});
afterAll(() => rmSync(checkout, { recursive: true }));

const say = (words: string) => writeFileSync(source, `console.log(${JSON.stringify(words)});\n`);
const run = () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(checkout, "bin", "rasid.js")], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
};

describe("the command of a checkout", () => {
  it("builds what was never built, and starts at once the next time", () => {
    expect(run()).toMatchObject({ status: 0, stdout: "first\n", stderr: expect.stringContaining(building) });
    expect(run()).toEqual({ status: 0, stdout: "first\n", stderr: "" });
  });

  it("builds anew when the source has changed", () => {
    say("second");
    expect(run()).toMatchObject({ status: 0, stdout: "second\n", stderr: expect.stringContaining(building) });
  });

  it("takes a source with a new time and the old content for what it is", () => {
    utimesSync(source, new Date(Date.now() + 60_000), new Date(Date.now() + 60_000));
    expect(run()).toEqual({ status: 0, stdout: "second\n", stderr: "" });
  });

  it("runs nothing old when the source does not compile, and says what to do", () => {
    writeFileSync(source, "const broken: number = 'no';\n");
    const { status, stdout, stderr } = run();
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("src/cli.ts");
    expect(stderr).toContain("npm ci");
  });
});

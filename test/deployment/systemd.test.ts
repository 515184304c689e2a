import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { environmentSchema } from "../../src/settings.ts";

const folder = new URL("../../ops/systemd/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");
const unit = read("rasid.service");

describe("ops/systemd/rasid.service", () => {
  it.each([
    "DynamicUser=yes",
    "StateDirectory=rasid",
    "NoNewPrivileges=yes",
    "CapabilityBoundingSet=",
    "ProtectSystem=strict",
    "PrivateDevices=yes",
    "RestrictNamespaces=yes",
    "SystemCallFilter=@system-service",
  ])("has %s", (line) => {
    expect(unit.split("\n")).toContain(line);
  });

  /** Read by Node and by glibc, not by Rasid. */
  const OTHERS = ["NODE_ENV", "MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"];

  it("sets only variables that there are, and secrets as files alone", () => {
    for (const name of ["rasid.service", "admin-key.conf", "external.conf"])
      for (const [, variable = "", value = ""] of read(name).matchAll(/^Environment=(\w+)=(.*)$/gm)) {
        const known =
          OTHERS.includes(variable) ||
          variable.replace(/^(DATABASE_URL|REDIS_URL|RASID_SECRET_KEY)_FILE$/, "$1") in environmentSchema.shape;
        expect(known, variable).toBe(true);
        if (/_FILE$/.test(variable)) expect(value).toMatch(/^%d\/rasid\./);
        expect(variable).not.toMatch(/^(DATABASE_URL|REDIS_URL|RASID_SECRET_KEY)$/);
      }
  });

  it("loads every credential that it names", () => {
    for (const name of ["admin-key.conf", "external.conf"]) {
      const loaded = [...read(name).matchAll(/^LoadCredential=([\w.-]+):\/etc\/credstore\/\1$/gm)].map(([, id]) => id);
      const named = [...read(name).matchAll(/^Environment=\w+=%d\/([\w.-]+)$/gm)].map(([, id]) => id);
      expect(named).toEqual(loaded);
      expect(named.length).toBeGreaterThan(0);
    }
  });
});

// Where there is no systemd (macOS, containers) there is nothing that could judge the unit.
describe.skipIf(spawnSync("systemd-analyze", ["--version"]).status !== 0)("systemd's own judgement", () => {
  let dir: string;
  let file: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "rasid-unit-"));
    file = join(dir, "rasid.service");
    // The binary need not be here.
    writeFileSync(file, unit.replace("/usr/bin/node", "/bin/true"));
    mkdirSync(join(dir, "rasid.service.d"));
    for (const name of ["admin-key.conf", "external.conf"])
      writeFileSync(join(dir, "rasid.service.d", name), read(name));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it("finds the unit and its drop-ins sound", () => {
    const { stderr, status } = spawnSync("systemd-analyze", ["verify", "--man=no", file], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  it("exposes at most 1.5 of 10", () => {
    const told = execFileSync("systemd-analyze", ["security", "--offline=true", "--no-pager", "--threshold=15", file], {
      encoding: "utf8",
    });
    expect(told).toMatch(/Overall exposure level for rasid.service: [01]\.\d OK/);
  });
});

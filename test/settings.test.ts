import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { environmentSchema, readRoles, readSettings, SettingsError, unknownVariables } from "../src/settings.ts";

const problemsOf = (environment: Record<string, string>): string => {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return "";
};

describe("readSettings", () => {
  it("listens on the loopback address and port 4180 unless told otherwise", () => {
    const settings = readSettings({});
    expect([settings.host, settings.port]).toEqual(["127.0.0.1", 4180]);
    expect([settings.databaseUrl, settings.redisUrl]).toEqual([null, null]);
  });

  it("takes host names with and without a port", () => {
    const RASID_HOSTS = "rasid.example.org, desk:8080,[2001:db8::1],192.0.2.7";
    expect(readSettings({ RASID_HOSTS }).hosts).toEqual([
      "rasid.example.org",
      "desk:8080",
      "[2001:db8::1]",
      "192.0.2.7",
    ]);
  });

  it("takes an empty variable as not set", () => {
    expect(readSettings({ REDIS_URL: "", PORT: "" })).toMatchObject({ redisUrl: null, port: 4180 });
    const blank = readSettings({ PORT: " ", RASID_KEEP_TEXTS_DAYS: " " });
    expect([blank.port, blank.retention.textsDays]).toEqual([4180, 365]);
  });

  it("takes no list of roles without a role, and says where it stands", () => {
    expect(readRoles("api, deliver")).toEqual(["api", "deliver"]);
    for (const names of ["", " , ", "cook"]) expect(() => readRoles(names)).toThrow(/^--roles: .*one of api, fetch/);
  });

  it("tells of variables that look like its own and are not known", () => {
    const environment = { RASID_KEEP_TEXT_DAYS: "3", RASID_SECRET_KEY_FILE: "key", RASID_DATA: "/x", HOME: "/root" };
    expect(unknownVariables(environment)).toEqual(["RASID_KEEP_TEXT_DAYS"]);
  });

  it.each([
    [{ PORT: "99999" }, "PORT", "0 to 65535"],
    [{ PORT: "abc" }, "PORT", "0 to 65535"],
    [{ REDIS_URL: "http://x" }, "REDIS_URL", "redis://"],
    [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL", "postgres://"],
    [{ RASID_ALLOW_ADDRESSES: "127.0.0.1/32,localhost" }, "RASID_ALLOW_ADDRESSES", "127.0.0.1/32"],
    [{ RASID_HOSTS: "rasid.example.org,https://rasid.example.org" }, "RASID_HOSTS", "without scheme"],
    [{ RASID_ROLES: "api,cook" }, "RASID_ROLES", "deduplicate"],
    [{ RASID_SECRET_KEY: "short" }, "RASID_SECRET_KEY", "32 random bytes"],
    [{ RASID_LOG_LEVEL: "loud" }, "RASID_LOG_LEVEL", "debug"],
    [{ RASID_CONCURRENCY: "match" }, "RASID_CONCURRENCY", "match=2"],
    [{ RASID_CONCURRENCY: "match=0" }, "RASID_CONCURRENCY", "match=2"],
    [{ RASID_CONCURRENCY: "match=2,match=3" }, "RASID_CONCURRENCY", "keep one"],
    [{ RASID_CONFIG: "/nowhere/at/all" }, "RASID_CONFIG", "languages and stories"],
    [{ RASID_FEEDS: "/nowhere/at/all" }, "RASID_FEEDS", "no file"],
    [{ RASID_METRICS_PORT: "0" }, "RASID_METRICS_PORT", "1 to 65535"],
    [{ RASID_KEEP_TEXTS_DAYS: "-1" }, "RASID_KEEP_TEXTS_DAYS", "0 keeps for ever"],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "localhost:4318" }, "OTEL_EXPORTER_OTLP_ENDPOINT", "http://"],
    [{ OTEL_TRACES_SAMPLER_ARG: "7" }, "OTEL_TRACES_SAMPLER_ARG", "0 to 1"],
  ])("names the variable of %o and what would be right", (environment, name, remedy) => {
    const problems = problemsOf(environment as unknown as Record<string, string>);
    expect(problems).toContain(name);
    expect(problems).toContain(remedy);
  });

  it("never repeats a secret in an error", () => {
    expect(problemsOf({ RASID_SECRET_KEY: "hunter2", DATABASE_URL: "mysql://user:hunter2@db" })).not.toContain(
      "hunter2",
    );
  });

  it("reads secrets from files", () => {
    const file = join(mkdtempSync(join(tmpdir(), "rasid-")), "url");
    writeFileSync(file, "redis://localhost:6379\n");
    expect(readSettings({ REDIS_URL_FILE: file }).redisUrl).toBe("redis://localhost:6379");
    expect(problemsOf({ REDIS_URL_FILE: file, REDIS_URL: "redis://other" })).toContain("REDIS_URL_FILE");
    const unread = "environment variable REDIS_URL_FILE: the file /nowhere/at/all cannot be read";
    expect(problemsOf({ REDIS_URL_FILE: "/nowhere/at/all" })).toBe(unread);
  });

  it("takes concurrency by stage, and days of keeping with 0 for ever", () => {
    const settings = readSettings({ RASID_CONCURRENCY: "deduplicate=4, match=2", RASID_KEEP_TEXTS_DAYS: "0" });
    expect(settings.concurrency).toEqual({ deduplicate: 4, match: 2 });
    expect(settings.retention).toMatchObject({ textsDays: null, bodiesDays: 30 });
  });

  it("traces only where an endpoint is configured", () => {
    expect(readSettings({ OTEL_SERVICE_NAME: "x" }).tracing).toBeNull();
    const OTEL_EXPORTER_OTLP_ENDPOINT = "http://collector:4318/";
    expect(
      readSettings({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS: "x-token=a%20b,tenant=7" }).tracing,
    ).toEqual({
      endpoint: "http://collector:4318/v1/traces",
      headers: { "x-token": "a b", tenant: "7" },
      serviceName: "rasid",
      ratio: 1,
    });
  });

  it("has a line in the README for every variable", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    for (const name of Object.keys(environmentSchema.shape)) expect(readme, name).toContain(`\`${name}\``);
  });
});

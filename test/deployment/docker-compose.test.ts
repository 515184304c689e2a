import { readFileSync } from "node:fs";
import { Ajv2019 } from "ajv/dist/2019.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = new URL("../../", import.meta.url);
const compose = parse(readFileSync(new URL("docker-compose.yml", root), "utf8"), { merge: true });
/** The schema that the Compose specification publishes (compose-spec/compose-spec, Apache-2.0). */
const { $schema: _draft, ...schema } = JSON.parse(
  readFileSync(new URL("test/fixtures/compose-spec.json", root), "utf8"),
  // It names its parts with the `id` of draft 4, which later drafts refuse.
  (key, value: unknown) => (key === "id" && typeof value === "string" ? undefined : value),
);
const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);

const services: [string, Record<string, unknown>][] = Object.entries(compose.services);

describe("docker-compose.yml", () => {
  it("keeps to the Compose specification", () => {
    expect(validate(compose), JSON.stringify(validate.errors, null, 1)).toBe(true);
  });

  it("is told from a file with mistakes", () => {
    const broken = structuredClone(compose);
    broken.services.api.healthchek = {};
    expect(validate(broken)).toBe(false);
  });

  it.each(services)("runs %s without root, on a read-only file system, with a health check", (_name, service) => {
    expect(service.user).toBeTruthy();
    expect(service.user).not.toMatch(/^(root|0)\b/);
    expect(service.read_only).toBe(true);
    expect(service.healthcheck).toBeTruthy();
    expect(service.cap_drop).toEqual(["ALL"]);
  });

  it("holds no password: secrets are files", () => {
    const text = readFileSync(new URL("docker-compose.yml", root), "utf8");
    expect(text).not.toMatch(/PASSWORD: /);
    for (const secret of Object.values<{ file?: string }>(compose.secrets))
      expect(secret.file).toMatch(/^\.\/secrets\//);
  });

  it("lets PostgreSQL take 200 connections and Redis lose nothing", () => {
    expect(compose.services.postgres.command.join(" ")).toContain("max_connections=200");
    const redis = compose.services.redis.command.join(" ");
    expect(redis).toContain("--appendonly yes");
    expect(redis).toContain("--maxmemory-policy noeviction");
  });

  it("keeps data in named volumes and lets workers be scaled", () => {
    expect(Object.keys(compose.volumes)).toEqual(["ledger", "queues"]);
    expect(compose.services.worker.ports).toBeUndefined();
    expect(compose.services.worker.container_name).toBeUndefined();
    expect(compose.services.worker.depends_on.api).toEqual({ condition: "service_healthy" });
  });

  it("publishes the API on this machine alone, and metrics of the workers nowhere", () => {
    expect(compose.services.api.ports).toEqual(["127.0.0.1:4180:4180"]);
    expect(compose.services.worker.environment.RASID_METRICS_PORT).toBe("4181");
  });
});

import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { VERSION } from "../../src/version.ts";
import { namesOf } from "./promql-names.ts";

const pathOf = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const read = (path: string) => readFileSync(pathOf(path), "utf8");
const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;
const ruleTest = z.object({ alertname: z.string(), exp_alerts: z.array(z.unknown()) });

/** What Prometheus takes as a file of alert rules, and what we ask of each beyond that. */
const rules = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Rasid[A-Z]\w+$/),
          expr: z.string(),
          for: z
            .string()
            .regex(/^\d+[smhd]$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(["info", "warning", "critical"]) }),
          annotations: z.strictObject({
            summary: z.string().min(10),
            description: z.string().min(20),
            runbook_url: z.string().regex(/^docs\/operating\.md#[a-z-]+$/),
          }),
        }),
      ),
    }),
  ),
});

const source = z.object({ type: z.literal("prometheus"), uid: z.string() });
/** What Grafana needs to import a dashboard and show it (its dashboard model, schema version 39). */
const dashboard = z.object({
  uid: z.string().max(40),
  title: z.string(),
  schemaVersion: z.number().min(36),
  templating: z.object({ list: z.array(z.looseObject({ name: z.string(), type: z.string() })) }),
  panels: z.array(
    z.looseObject({
      id: z.number(),
      type: z.enum(["row", "stat", "timeseries"]),
      title: z.string(),
      gridPos: z.object({ x: z.number().min(0), y: z.number(), w: z.number(), h: z.number() }),
      datasource: source.optional(),
      targets: z
        .array(z.looseObject({ refId: z.string(), expr: z.string(), datasource: source, legendFormat: z.string() }))
        .optional(),
    }),
  ),
});

/** A heading as a link names it. */
const anchors = (markdown: string) =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );

describe("ops/prometheus", () => {
  const all = rules.parse(parse(read("ops/prometheus/rules.yaml"))).groups.flatMap((group) => group.rules);

  it("has rules in PromQL, each with a name of its own", () => {
    expect(all.length).toBeGreaterThan(12);
    for (const { expr } of all) expect(namesOf(expr).metrics.size).toBeGreaterThan(0);
    expect(new Set(all.map(({ alert }) => alert)).size).toBe(all.length);
  });

  it("leads from every rule to what is to be done", () => {
    const known = anchors(read("docs/operating.md"));
    for (const { annotations } of all) expect(known).toContain(annotations.runbook_url.split("#")[1]);
  });

  it("tries every rule with made-up faults, in which it fires", () => {
    const tried = z
      .object({ tests: z.array(z.object({ alert_rule_test: z.array(ruleTest) })) })
      .parse(parse(read("ops/prometheus/rules.test.yaml")));
    const fires = tried.tests.flatMap(({ alert_rule_test: tests }) =>
      tests.filter(({ exp_alerts: expected }) => expected.length > 0).map(({ alertname }) => alertname),
    );
    expect(new Set(fires)).toEqual(new Set(all.map(({ alert }) => alert)));
  });

  it.skipIf(!hasPromtool)("behaves as its own tests say (needs promtool, Debian: prometheus)", () => {
    execFileSync("promtool", ["check", "rules", pathOf("ops/prometheus/rules.yaml")]);
    execFileSync("promtool", ["test", "rules", pathOf("ops/prometheus/rules.test.yaml")]);
  });

  it("scrapes with a key, under the job that rules and dashboard name", () => {
    const config = z
      .object({
        rule_files: z.array(z.string()),
        scrape_configs: z.array(
          z.looseObject({
            job_name: z.string(),
            metrics_path: z.literal("/metrics"),
            authorization: z.object({ type: z.literal("Bearer"), credentials_file: z.string() }),
          }),
        ),
      })
      .parse(parse(read("ops/prometheus/prometheus.yaml")));
    expect(config.rule_files).toEqual(["rules.yaml"]);
    expect(config.scrape_configs[0]?.job_name).toBe("rasid");
  });
});

describe("ops/grafana/rasid.json", () => {
  const { panels, templating } = dashboard.parse(JSON.parse(read("ops/grafana/rasid.json")));
  const shown = panels.filter(({ type }) => type !== "row");

  it("asks in PromQL, of a data source that is chosen at the import", () => {
    expect(shown.length).toBeGreaterThan(25);
    for (const { targets = [], datasource } of shown) {
      expect(targets.length).toBeGreaterThan(0);
      expect(datasource?.uid).toBe(`$${"{datasource}"}`);
      for (const { expr } of targets) expect(namesOf(expr).metrics.size).toBeGreaterThan(0);
    }
    expect(templating.list.map(({ name, type }) => [name, type])).toEqual([
      ["datasource", "datasource"],
      ["job", "query"],
    ]);
  });

  it("has panels that keep within the grid and cover none other", () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const taken = new Set<string>();
    for (const { gridPos, title } of panels) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(taken.has(`${x} ${y}`), title).toBe(false);
          taken.add(`${x} ${y}`);
        }
    }
  });
});

it("names the version of package.json", () => {
  expect(VERSION).toBe(JSON.parse(read("package.json")).version);
});

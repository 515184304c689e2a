import { join } from "node:path";
import { baselineSchema, compileBaseline } from "../../../src/config/baseline-schema.ts";
import { readYaml } from "../../../src/config/read-yaml.ts";
import { compileSeverity, severitySchema } from "../../../src/config/severity-schema.ts";
import type { Alert } from "../../../src/domain/alert/alert.ts";
import type { Frame } from "../../../src/domain/baseline/frame.ts";
import type { FigureObservation, Observation, StatementObservation } from "../../../src/domain/baseline/observation.ts";
import { figureSubject, statementSubject } from "../../../src/domain/baseline/observe.ts";
import { foldStory } from "../../../src/domain/baseline/standings.ts";

const config = join(import.meta.dirname, "../../../config");

/** The real baseline and rules of the first story. */
export const frame: Frame = {
  story: "armenia-azerbaijan",
  baseline: compileBaseline(readYaml(join(config, "stories/armenia-azerbaijan/baseline.yaml"), baselineSchema)),
  window: { from: "2022-09-12", to: "2022-10-31" },
  ...compileSeverity(readYaml(join(config, "severity.yaml"), severitySchema)),
};

let serial = 0;

type FigureParts = Partial<FigureObservation> & { value: number | null };

/** A number that one item gives. `at` is short for "2022-09-…": "16T08" is the 16th at eight. */
export function figure(at: string, parts: FigureParts): FigureObservation {
  serial += 1;
  const item = parts.item ?? `item-${serial}`;
  const about = { event: "armenian-deaths", measure: "killed", party: "armenia", civilian: false, ...parts } as const;
  return {
    kind: "figure",
    id: parts.id ?? `${item}:${parts.revision ?? 1}:${serial}`,
    subject: figureSubject(about.event, about.measure, about.party, about.civilian),
    side: about.party,
    stage: null,
    low: null,
    high: null,
    qualifier: "exact",
    role: "current",
    happened: null,
    correction: false,
    fields: ["text"],
    ...origin(at, item),
    quote: `${parts.value}`,
    field: parts.fields?.includes("title") ? "title" : "text",
    start: 0,
    end: `${parts.value}`.length,
    ...about,
  };
}

/** A position that one item gives. */
export function statement(
  at: string,
  event: string,
  side: string,
  position: string,
  parts: Partial<StatementObservation> = {},
): StatementObservation {
  serial += 1;
  const item = parts.item ?? `item-${serial}`;
  return {
    kind: "statement",
    id: `${item}:${parts.revision ?? 1}:${serial}`,
    subject: statementSubject(event, parts.topic ?? event),
    event,
    topic: event,
    position,
    side,
    counted: false,
    ...origin(at, item),
    speaker: side === "media" || side === "-" ? "-" : `${side}-official`,
    quote: position,
    field: "text",
    start: 0,
    end: position.length,
    ...parts,
  };
}

function origin(at: string, item: string) {
  const published = at.length > 8 ? at : `2022-09-${at}:00:00Z`;
  return {
    item,
    revision: 1,
    page: item,
    cluster: item,
    source: "Test Wire",
    tier: 1 as const,
    lang: "en",
    published,
    url: null,
    speaker: "-",
    asserted: null,
  };
}

export const azKilled = { event: "new", measure: "killed", party: "azerbaijan" } as const;
export const bodies = { event: "bodies-handover", measure: "bodies", side: "azerbaijan" } as const;

/** The alerts of a course as short lines: "figure.revised armenian-deaths 105→135". */
export function alertsOf(...observations: Observation[]): string[] {
  return foldStory(frame, observations).alerts.map(line);
}

export function line(alert: Alert): string {
  const show = (state: Alert["after"]) => state?.value ?? state?.position ?? "–";
  return `${alert.kind} ${alert.event} ${show(alert.before)}→${show(alert.after)}`;
}

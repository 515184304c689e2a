import type { AlertBody } from "../api/alert-body-schema.ts";
import type { ExpectedAlert } from "./course.ts";

/** How the alerts of a run differ from those that the course must raise. */
export interface Comparison {
  readonly missing: readonly ExpectedAlert[];
  readonly unexpected: readonly AlertBody[];
}

/** Pairs each expected alert with one alert of the run; what is left on either side is a difference. */
export function compareAlerts(expected: readonly ExpectedAlert[], raised: readonly AlertBody[]): Comparison {
  const unexpected = [...raised];
  const missing: ExpectedAlert[] = [];
  for (const wanted of expected) {
    const at = unexpected.findIndex((alert) => meets(alert, wanted));
    if (at === -1) missing.push(wanted);
    else unexpected.splice(at, 1);
  }
  return { missing, unexpected };
}

function meets({ type, data }: AlertBody, wanted: ExpectedAlert): boolean {
  const told: Record<keyof ExpectedAlert, unknown> = {
    type,
    event: data.event,
    measure: data.measure,
    party: data.party,
    civilian: data.civilian,
    side: data.after?.side,
    topic: data.topic,
    value: data.after?.value,
    increment: data.after?.increment,
    position: data.after?.position,
  };
  return (Object.keys(wanted) as (keyof ExpectedAlert)[]).every(
    (field) => wanted[field] === undefined || told[field] === wanted[field],
  );
}

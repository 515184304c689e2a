import type { SubjectFrame } from "../baseline/frame.ts";
import { momentOf, type Observation, type Tier } from "../baseline/observation.ts";
import type { Alert, Change, ClaimState, Telling } from "./alert.ts";
import { stableId } from "./identity.ts";
import { confidenceOf, severityOf, type VoiceClass } from "./severity.ts";

/** An alert before it is weighed: what it tells and what caused it. */
export interface Draft extends Telling {
  /** What makes it the same alert in every run: told once for each. */
  readonly identity: readonly (string | number)[];
  readonly voice: VoiceClass;
  readonly outlier: boolean;
  readonly evidence: readonly [Observation, ...Observation[]];
}

/** Weighs a draft and gives it its id. */
export function raise(draft: Draft, frame: SubjectFrame): Alert {
  const trigger = draft.evidence[0];
  const clusters = new Set(draft.evidence.map((observation) => observation.cluster));
  const change = changeOf(draft.before, draft.after);
  const weight = {
    kind: draft.kind,
    event: frame.eventId,
    measure: draft.measure,
    civilian: draft.civilian,
    position: draft.after?.position ?? null,
    voice: draft.voice,
    side: trigger.side,
    change,
    sources: clusters.size,
    tier: Math.min(...draft.evidence.map((observation) => observation.tier)) as Tier,
    outlier: draft.outlier,
    titleOnly: draft.evidence.every(isTitleOnly),
    rounded: draft.after?.qualifier !== undefined && !["exact", "at_least"].includes(draft.after.qualifier),
  };
  const { identity, voice: _voice, outlier: _outlier, ...told } = draft;
  return {
    ...told,
    id: alertId(frame, identity),
    story: frame.story,
    event: frame.eventId,
    subject: frame.subject,
    change,
    severity: severityOf(weight, frame.severity),
    confidence: confidenceOf(weight, frame.severity),
    sources: clusters.size,
    at: new Date(momentOf(trigger)).toISOString(),
  };
}

/** The id of what an identity tells of a subject. */
export function alertId(frame: { story: string; subject: string }, identity: readonly (string | number)[]): string {
  return stableId("alt_", [frame.story, frame.subject, ...identity]);
}

/** Whether a claim stands in a headline and nowhere in the text. */
export function isTitleOnly(observation: Observation): boolean {
  return observation.field === "title" && (observation.kind === "statement" || !observation.fields.includes("text"));
}

function changeOf(before: ClaimState | null, after: ClaimState | null): Change {
  const nothing = { step: null, ratio: null };
  if (after === null) return { direction: "none", ...nothing };
  if (after.value === undefined) return { direction: before === null ? "first" : "position", ...nothing };
  if (before?.value === undefined) return { direction: "first", ...nothing };
  const step = after.value - before.value;
  const ratio = before.value === 0 ? null : Math.round((step / before.value) * 1000) / 1000;
  return { direction: step > 0 ? "up" : step < 0 ? "down" : "none", step, ratio };
}

import type { ChangeRules } from "./change-rules.ts";
import type { Frame, SubjectFrame } from "./frame.ts";
import { type FigureClaim, OWN, UNNAMED, type Voice } from "./lines.ts";
import { type FigureObservation, momentOf, type Observation, sorted } from "./observation.ts";

/** All that one revision of an item says of one subject. */
export interface Report<O extends Observation> {
  readonly item: string;
  readonly revision: number;
  readonly at: number;
  readonly observations: readonly O[];
}

/** Groups observations by item and revision, in the order of folding. */
export function reportsOf<O extends Observation>(observations: readonly O[]): Report<O>[] {
  const groups = new Map<string, O[]>();
  for (const observation of sorted(observations)) {
    const name = reportName(observation);
    const group = groups.get(name);
    if (group) group.push(observation);
    else groups.set(name, [observation]);
  }
  return [...groups.values()].map((group) => {
    const first = group[0] as O;
    return { item: first.item, revision: first.revision, at: momentOf(first), observations: group };
  });
}

/** What observations of one report share. */
export function reportName({ item, revision }: Observation): string {
  return `${item} ${revision}`;
}

/** Sides that stand for no actor of the story. */
const NOBODY = new Set(["media", "-", "", "both", "other", "unknown"]);

/** Whose count a subject is: the side that the baseline quotes, else the party counted. */
export function ownSideOf(frame: SubjectFrame, party: string): string {
  return frame.event?.claims.find((claim) => claim.figure)?.side ?? party;
}

export function voiceOf(observation: FigureObservation, ownSide: string, frame: Frame): Voice {
  if (observation.side === ownSide) return OWN;
  const parties = observation.side === "armenia" || observation.side === "azerbaijan";
  if (parties && frame.changes.shared.includes(observation.measure)) return OWN;
  return NOBODY.has(observation.side) ? UNNAMED : observation.side;
}

export function toClaim(observation: FigureObservation, voice: Voice): FigureClaim | null {
  if (observation.value === null) return null;
  const { value, qualifier, role, low, high, correction, stage } = observation;
  return {
    value,
    qualifier,
    role,
    low,
    high,
    correction,
    stage,
    voice,
    increment: null,
    observation,
    at: momentOf(observation),
  };
}

/**
 * The number that a report gives for one count by one voice: the highest of its text, else of its title.
 * A text that also tells the old number tells the new one as the higher.
 */
export function mainClaim(claims: readonly FigureClaim[]): FigureClaim | null {
  const inText = claims.filter((claim) => claim.observation.fields.includes("text"));
  let main: FigureClaim | null = null;
  for (const claim of inText.length > 0 ? inText : claims) if (!main || claim.value > main.value) main = claim;
  return main;
}

/** A step ("another 95") told again: the same step within the hours in which reports repeat each other. */
export function isSameStep(
  step: number,
  line: { points: readonly { value: number; at: number; increment: number | null }[] },
  at: number,
  rules: ChangeRules,
): boolean {
  return line.points.some((point, index) => {
    const before = line.points[index - 1];
    const grown = before ? point.value - before.value : point.value;
    return (
      (grown === step || point.increment === step) && Math.abs(at - point.at) <= rules.increment.repeatHours * 3_600_000
    );
  });
}

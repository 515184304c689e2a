import type { Alert } from "../alert/alert.ts";
import { addDays } from "../classify/days.ts";
import { agree } from "./agreement.ts";
import { judgeDiscrepancy, judgeEdit } from "./contradictions.ts";
import { type DecisionRule, type Decisions, decide, takeToldOf } from "./decision.ts";
import { type FigureState, lineOf, newFigureState } from "./figure-state.ts";
import { baselineMoment, inWindow, type SubjectFrame } from "./frame.ts";
import { totalOf } from "./increments.ts";
import { judgeDenial, judgeOther } from "./judge-other.ts";
import { judgeOwn } from "./judge-own.ts";
import { judgeUnnamed } from "./judge-unnamed.ts";
import { type FigureClaim, type Line, OWN, standingOf, UNNAMED } from "./lines.ts";
import type { FigureObservation } from "./observation.ts";
import { mainClaim, ownSideOf, type Report, reportsOf, toClaim, voiceOf } from "./report.ts";

/** What folding one subject's figures gives: the lines with their standings, and the alerts in order. */
export interface FigureFold {
  readonly lines: readonly Line[];
  readonly alerts: readonly Alert[];
  readonly decisions: Decisions;
}

/** The count of a subject before any figure of `party` is folded. */
export function beginFigures(frame: SubjectFrame, party: string): FigureState {
  return newFigureState(frame, ownSideOf(frame, party));
}

/**
 * Folds figures of one subject, in order, into the count; they must come after all that were folded before. Alerts and
 * decisions are those of these figures. Sums of both sides, components, earlier values and background never reach a
 * standing.
 */
export function foldFigures(state: FigureState, observations: readonly FigureObservation[]): FigureFold {
  const ofBoth = observations[0]?.party === "both";
  const counted = observations.filter((one) => !ofBoth && mayCount(one, state.frame));
  for (const report of reportsOf(counted)) foldReport(state, report);
  for (const one of observations) decide(state, one, ofBoth ? "both-sides" : "outside-window");
  const lines = [...state.lines.values()].filter((line) => line.points.length > 0);
  return { lines, ...takeToldOf(state) };
}

/** A stretch that is counted up to now ("this week", "this month") may begin so many days before the story's window. */
const LONGEST_REACH = 31;

/** Figures outside the baseline count within the story's window alone; what lies before it altogether is background. */
function mayCount({ happened, published }: FigureObservation, { window, event }: SubjectFrame): boolean {
  if (event) return true;
  if (!happened) return inWindow(published, window);
  return happened >= addDays(window.from, -LONGEST_REACH) && happened <= window.to;
}

function foldReport(state: FigureState, report: Report<FigureObservation>): void {
  const claims = report.observations.flatMap((observation) => {
    const claim = toClaim(observation, voiceOf(observation, state.ownSide, state.frame));
    if (!claim) decide(state, observation, "no-number");
    return claim ? [inStage(state, claim)] : [];
  });
  const current = claims.filter((claim) => claim.role === "current");
  for (const stage of new Set(current.map((claim) => claim.stage))) {
    judgeDiscrepancy(
      state,
      current.filter((claim) => claim.stage === stage),
    );
  }
  for (const claim of mainClaims(state, claims)) {
    judgeEdit(state, claim);
    if (isOlderThanBaseline(state, claim)) {
      decide(state, claim.observation, "older-than-baseline");
      continue;
    }
    if (claim.voice === OWN) judgeOwn(state, claim);
    else if (claim.voice === UNNAMED) judgeUnnamed(state, claim);
    else judgeOther(state, claim);
  }
  for (const claim of claims) if (claim.role === "denied") judgeDenial(state, claim);
  for (const { observation, role } of claims) decide(state, observation, UNCOUNTED[role]);
}

/** Why a claim is not the one that its report is judged by. */
const UNCOUNTED: Readonly<Record<FigureObservation["role"], DecisionRule>> = {
  current: "another-number-counts",
  increment: "step-of-total",
  previous: "role-previous",
  component: "role-component",
  combined: "role-combined",
  background: "role-background",
  denied: "denied-unreported",
};

/** One claim for each count and voice: the total where the report gives it, else what a step makes of the standing. */
function mainClaims(state: FigureState, claims: readonly FigureClaim[]): FigureClaim[] {
  const names = new Map<string, FigureClaim[]>();
  for (const claim of claims) {
    if (claim.role !== "current" && claim.role !== "increment") continue;
    const name = `${claim.stage ?? ""}|${claim.voice}`;
    names.set(name, [...(names.get(name) ?? []), claim]);
  }
  const totals = claims.filter((claim) => claim.role === "current");
  return [...names.values()].flatMap((group) => {
    const main = mainClaim(group.filter((claim) => claim.role === "current"));
    const step = mainClaim(group.filter((claim) => claim.role === "increment"));
    if (main) return [step && step.value < main.value ? { ...main, increment: step.value } : main];
    if (!step || totals.some((total) => total.stage === step.stage && total.value > step.value)) return [];
    const total = totalOf(state, step);
    if (!total) decide(state, step.observation, "step-known");
    return total ? [total] : [];
  });
}

/** Where the baseline holds a count, what was published before it can neither revise nor dispute it. */
function isOlderThanBaseline(state: FigureState, claim: FigureClaim): boolean {
  return lineOf(state, claim.stage, OWN).fromBaseline && claim.at < baselineMoment(state.frame);
}

/** Finds out which of an event's separate counts a number belongs to where its text does not say. */
function inStage(state: FigureState, claim: FigureClaim): FigureClaim {
  const stages = state.frame.event?.stages ?? [];
  if (stages.length === 0) return laterHappening(state, claim);
  if (claim.stage !== null) return claim;
  if (claim.role === "increment") return { ...claim, stage: stages.at(-1) ?? null };
  const known = stages.find((stage) =>
    lineOf(state, stage, OWN).points.some((point) => agree(point, claim, state.frame.changes)),
  );
  if (known !== undefined) return { ...claim, stage: known };
  const grown = stages.slice(1).findLast((stage) => {
    const standing = standingOf(lineOf(state, stage, OWN));
    return standing !== null && claim.value > standing.value;
  });
  return { ...claim, stage: grown ?? stages[0] ?? null };
}

/**
 * A number of a happening after the standing was given is not part of it: it begins a count of its own, unless it is
 * known or higher. Only the own side's word is taken for that.
 */
function laterHappening(state: FigureState, claim: FigureClaim): FigureClaim {
  const { happened } = claim.observation;
  const line = lineOf(state, null, OWN);
  const standing = standingOf(line);
  if (state.frame.event || !happened || !standing || claim.voice !== OWN) return claim;
  const isKnown = line.points.some((point) => agree(point, claim, state.frame.changes)) || line.passed.has(claim.value);
  if (isKnown || claim.value >= standing.value || happened <= standing.asOf.slice(0, 10)) return claim;
  return { ...claim, stage: `since-${happened}` };
}

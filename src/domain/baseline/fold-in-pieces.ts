import type { Alert } from "../alert/alert.ts";
import { type DecisionRule, decide } from "./decision.ts";
import type { Frame } from "./frame.ts";
import { type Observation, sorted } from "./observation.ts";
import { reportName } from "./report.ts";
import { beginSubject, type Folded } from "./standings.ts";

/** Observations folded in one piece: a few milliseconds. */
const PIECE = 250;

/**
 * Folds one subject's observations, in any order given, as `foldSubject` does, and pauses between pieces: a long history
 * must not hold up whoever runs it.
 */
export function* foldInPieces(
  frame: Frame,
  subject: string,
  all: readonly Observation[],
  size = PIECE,
): Generator<undefined, Pick<Folded, "alerts" | "decisions">> {
  const { fold } = beginSubject(frame, subject);
  const alerts: Alert[] = [];
  const decisions = new Map<string, DecisionRule>();
  for (const piece of yield* piecesOf(all, size)) {
    const folded = fold(piece);
    alerts.push(...folded.alerts);
    for (const [id, rule] of folded.decisions) decide({ decisions }, { id }, rule);
    yield;
  }
  return { alerts, decisions };
}

/** Whole reports, in the order of folding. */
function* piecesOf(all: readonly Observation[], size: number): Generator<undefined, Observation[][]> {
  const reports = new Map<string, Observation[]>();
  for (const [place, one] of sorted(all).entries()) {
    const name = reportName(one);
    const report = reports.get(name);
    if (report) report.push(one);
    else reports.set(name, [one]);
    if (place % size === size - 1) yield;
  }
  const pieces: Observation[][] = [[]];
  for (const report of reports.values()) {
    if ((pieces.at(-1)?.length ?? 0) >= size) pieces.push([]);
    pieces.at(-1)?.push(...report);
  }
  return pieces;
}

import type { Alert } from "../alert/alert.ts";
import { type Draft, raise } from "../alert/raise.ts";
import type { VoiceClass } from "../alert/severity.ts";
import { carriersOf } from "./carriers.ts";
import type { Decisions } from "./decision.ts";
import type { SubjectFrame } from "./frame.ts";
import type { LastWords } from "./last-words.ts";
import {
  addBaseline,
  baselinePoint,
  type FigureClaim,
  type Line,
  OWN,
  type Point,
  standingOf,
  stateOf,
  UNNAMED,
  type Voice,
} from "./lines.ts";
import type { FigureObservation, Observation } from "./observation.ts";

/** A value that an alert has told, and whether it still waits to be confirmed or withdrawn. */
export interface Told {
  readonly id: string;
  readonly stage: string | null;
  readonly voice: Voice;
  readonly claim: FigureClaim;
  readonly outlier: boolean;
  /** Outliers and numbers of nobody named may be withdrawn; only outliers need to be confirmed. */
  open: boolean;
  readonly carriers: Map<string, FigureObservation>;
}

/** The course of one count while it is folded. */
export interface FigureState {
  readonly frame: SubjectFrame;
  readonly ownSide: string;
  readonly lines: Map<string, Line>;
  /** What was told and is open, in the order of telling: every claim is held against these. */
  readonly open: Set<Told>;
  /** What other sides' numbers told, which the side whose count it is may confirm with its first. */
  readonly ofOthers: Told[];
  readonly alerts: Alert[];
  readonly occurrences: Map<string, number>;
  /** Numbers that differ from the standing only by rounding, with the sources that gave them. */
  readonly roundings: Map<string, Map<string, FigureObservation>>;
  readonly lastWords: LastWords<FigureClaim>;
  readonly decisions: Decisions;
}

export function newFigureState(frame: SubjectFrame, ownSide: string): FigureState {
  const state: FigureState = {
    frame,
    ownSide,
    lines: new Map(),
    open: new Set(),
    ofOthers: [],
    alerts: [],
    occurrences: new Map(),
    roundings: new Map(),
    lastWords: new Map(),
    decisions: new Map(),
  };
  const staged = (frame.event?.stages.length ?? 0) > 0;
  for (const claim of frame.event?.claims ?? []) {
    const point = baselinePoint(claim);
    if (point) addBaseline(lineOf(state, staged ? (claim.position ?? null) : null, OWN), point);
  }
  return state;
}

/** Nothing that comes can confirm, withdraw or deny it any more. */
export function settle(state: FigureState, told: Told): void {
  told.open = false;
  state.open.delete(told);
}

/** The first told value that is open and fits, in the order of telling. */
export function findOpen(state: FigureState, fits: (told: Told) => boolean): Told | null {
  for (const told of state.open) if (fits(told)) return told;
  return null;
}

export function lineOf(state: FigureState, stage: string | null, voice: Voice): Line {
  const name = `${stage ?? ""}|${voice}`;
  let line = state.lines.get(name);
  if (!line) {
    line = {
      stage,
      voice,
      points: [],
      fromBaseline: false,
      observation: null,
      carriers: carriersOf([]),
      values: new Set(),
      passed: new Set(),
    };
    state.lines.set(name, line);
  }
  return line;
}

/** Whose standing is currently reported for a count: the own side's, or a higher one that nobody named gives. */
export function effectiveLine(state: FigureState, stage: string | null): Line {
  const ownLine = lineOf(state, stage, OWN);
  const unnamedLine = lineOf(state, stage, UNNAMED);
  const [own, unnamed] = [standingOf(ownLine), standingOf(unnamedLine)];
  if (!own || !unnamed) return own ? ownLine : unnamedLine;
  return unnamed.value > own.value && unnamed.at >= own.at ? unnamedLine : ownLine;
}

/** What is currently reported for a count. */
export function effective(state: FigureState, stage: string | null): Point | null {
  return standingOf(effectiveLine(state, stage));
}

export function voiceClass(voice: Voice): VoiceClass {
  return voice === OWN ? "own" : voice === UNNAMED ? "unnamed" : "other";
}

type Telling = Pick<Draft, "kind" | "before" | "after" | "because"> & {
  readonly claim: FigureClaim;
  readonly identity: readonly (string | number)[];
  readonly outlier?: boolean;
  readonly about?: string;
  readonly others?: Iterable<Observation>;
};

/** Raises an alert; the same identity again is its next occurrence. Gives the alert's id. */
export function tell(state: FigureState, telling: Telling): string {
  const { claim, about, others, outlier, ...draft } = telling;
  const { observation } = claim;
  const name = telling.identity.join("|");
  const occurrence = (state.occurrences.get(name) ?? 0) + 1;
  state.occurrences.set(name, occurrence);
  const evidence: [Observation, ...Observation[]] = [observation];
  for (const other of others ?? []) if (other.id !== observation.id && !evidence.includes(other)) evidence.push(other);
  const alert = raise(
    {
      ...draft,
      identity: [...telling.identity, occurrence],
      topic: null,
      measure: observation.measure,
      party: observation.party,
      civilian: observation.civilian,
      baseline: baselineState(state),
      voice: voiceClass(claim.voice),
      outlier: outlier ?? false,
      about: about ?? null,
      evidence,
    },
    state.frame,
  );
  state.alerts.push(alert);
  return alert.id;
}

function baselineState(state: FigureState) {
  const claim = state.frame.event?.claims.find((one) => one.figure);
  return claim ? stateOf(baselinePoint(claim)) : null;
}

/** The identity of "this value became known for this count": the same for a first and for a revised value. */
export function valueIdentity(claim: FigureClaim): (string | number)[] {
  const voice = claim.voice === UNNAMED ? OWN : claim.voice;
  return ["value", claim.stage ?? "", voice, claim.value];
}

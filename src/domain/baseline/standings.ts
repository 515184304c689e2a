import type { Alert, ClaimState } from "../alert/alert.ts";
import { confidenceOf, type VoiceClass } from "../alert/severity.ts";
import { isRounded } from "./agreement.ts";
import type { Carriers } from "./carriers.ts";
import { type Decisions, decide } from "./decision.ts";
import { beginFigures, foldFigures } from "./figure-fold.ts";
import { voiceClass } from "./figure-state.ts";
import type { Frame, SubjectFrame } from "./frame.ts";
import type { LastWords } from "./last-words.ts";
import { type Line, OWN, type Point, stateOf, UNNAMED } from "./lines.ts";
import { type FigureObservation, inOrder, type Observation, type StatementObservation } from "./observation.ts";
import { figureSubject, statementSubject } from "./observe.ts";
import { ownSideOf } from "./report.ts";
import { type Course, NOBODY, type Stand } from "./statement-course.ts";
import { beginStatements, foldStatements } from "./statement-fold.ts";

/** What is currently reported for one key: subject, separate count where there is one, and speaker side. */
export interface Standing {
  readonly key: string;
  readonly subject: string;
  readonly event: string;
  readonly topic: string | null;
  readonly measure: string | null;
  readonly party: string | null;
  readonly civilian: boolean | null;
  readonly stage: string | null;
  /** The speaker side; "media" where nobody is named, "any" for a happening. */
  readonly side: string;
  readonly current: ClaimState;
  /** The id of the observation that gave it; null for the baseline. */
  readonly observation: string | null;
  /** Reads all that stood, oldest first; the last is `current`. */
  readonly history: () => readonly ClaimState[];
  /** Independent sources that carry the current state. */
  readonly sources: number;
  /** How sure it is that this is what is said: 0 to 1; null where the baseline alone says so. */
  readonly confidence: number | null;
}

/** What folding gives: the standings, and the alerts in the order in which the observations raised them. */
export interface Folded {
  readonly standings: readonly Standing[];
  readonly alerts: readonly Alert[];
  /** Why each observation raised nothing; of one that raised an alert it says what became of it besides. */
  readonly decisions: Decisions;
}

/** A subject while it is folded: what further observations are judged against. */
export interface SubjectFold {
  /**
   * Folds observations, in any order given; they must come after all that were folded before. Overtaken ones count for
   * nothing. Alerts and decisions are those of this call.
   */
  readonly fold: (all: readonly Observation[]) => Folded;
  /** What edits of items are held against. An item taken out of it can no longer be folded on. */
  readonly lastWords: () => LastWords<unknown>;
}

/** Begins a subject at the baseline. */
export function beginSubject(frame: Frame, subject: string): SubjectFold {
  const eventId = subject.split("|")[1] ?? "new";
  const about: SubjectFrame = { ...frame, subject, eventId, event: frame.baseline.byId.get(eventId) ?? null };
  const { fold, lastWords } = subject.startsWith("figure|") ? figureSubjectFold(about) : statementSubjectFold(about);
  return {
    lastWords,
    fold: (all) => {
      const folded = fold(all.filter((one) => !one.overtaken));
      return { ...folded, decisions: withOvertaken(folded.decisions, all) };
    },
  };
}

function figureSubjectFold(about: SubjectFrame): SubjectFold {
  let state = beginFigures(about, "");
  let example: FigureObservation | undefined;
  const fold = (observations: readonly Observation[]) => {
    const figures = observations.filter((one): one is FigureObservation => one.kind === "figure");
    // Of a subject without figures nobody knows whose count it is.
    if (example === undefined) state = beginFigures(about, figures[0]?.party ?? "");
    example ??= figures[0];
    const { lines, alerts, decisions } = foldFigures(state, figures);
    return { standings: lines.map((line) => figureStanding(about, line, example)), alerts, decisions };
  };
  return { fold, lastWords: () => state.lastWords };
}

function statementSubjectFold(about: SubjectFrame): SubjectFold {
  const state = beginStatements(about);
  let example: StatementObservation | undefined;
  const fold = (observations: readonly Observation[]) => {
    const statements = observations.filter((one): one is StatementObservation => one.kind === "statement");
    example ??= statements[0];
    const { courses, alerts, decisions } = foldStatements(state, statements);
    return { standings: courses.map((course) => statementStanding(about, course, example)), alerts, decisions };
  };
  return { fold, lastWords: () => state.lastWords };
}

/** Folds one subject's observations, in any order given. Overtaken ones count for nothing. */
export function foldSubject(frame: Frame, subject: string, all: readonly Observation[]): Folded {
  return beginSubject(frame, subject).fold(all);
}

function withOvertaken(decisions: Decisions, all: readonly Observation[]): Decisions {
  for (const one of all) if (one.overtaken) decide({ decisions }, one, "overtaken");
  return decisions;
}

/** Folds a whole story: every subject of the baseline and of the observations. Alerts in order of what raised them. */
export function foldStory(frame: Frame, observations: readonly Observation[]): Omit<Folded, "decisions"> {
  const subjects = new Map<string, Observation[]>(baselineSubjects(frame).map((subject) => [subject, []]));
  for (const observation of observations) {
    const list = subjects.get(observation.subject);
    if (list) list.push(observation);
    else subjects.set(observation.subject, [observation]);
  }
  const folded = [...subjects].map(([subject, list]) => foldSubject(frame, subject, list));
  return {
    standings: folded.flatMap((one) => one.standings),
    alerts: folded.flatMap((one) => one.alerts).sort(byTrigger),
  };
}

/** In the order in which alerts are raised; those that one observation raises keep the order of folding. */
export function byTrigger(a: Alert, b: Alert): number {
  return inOrder(a.evidence[0] as Observation, b.evidence[0] as Observation);
}

function baselineSubjects({ baseline }: Frame): string[] {
  return baseline.events.flatMap((event) => {
    if (event.sameAs) return [];
    const figure = event.claims.find((claim) => claim.figure && claim.figure.measure !== "other")?.figure;
    const counted = figure ? [figureSubject(event.id, figure.measure, figure.party, figure.civilian)] : [];
    const stated = event.claims.some((claim) => claim.position !== undefined)
      ? [statementSubject(event.id, event.id)]
      : [];
    return [...counted, ...stated];
  });
}

function figureStanding(frame: SubjectFrame, line: Line, example: FigureObservation | undefined): Standing {
  const [, , measure, party, kind] = frame.subject.split("|");
  const current = line.points.at(-1) as Point;
  const side =
    line.voice === OWN
      ? ownSideOf(frame, example?.party ?? party ?? "")
      : line.voice === UNNAMED
        ? "media"
        : line.voice;
  return {
    key: [frame.subject, line.stage ?? "", side].join("|"),
    subject: frame.subject,
    event: frame.eventId,
    topic: null,
    measure: measure ?? null,
    party: party ?? null,
    civilian: kind === "civilian",
    stage: line.stage,
    side,
    current: stateOf(current) as ClaimState,
    observation: line.observation,
    history: () => line.points.map((point) => stateOf(point) as ClaimState),
    sources: line.carriers.clusters.size,
    confidence: confidenceIn(line.carriers, { voice: voiceClass(line.voice), rounded: isRounded(current) }, frame),
  };
}

function statementStanding(frame: SubjectFrame, course: Course, example: StatementObservation | undefined): Standing {
  const current = course.stands.at(-1) as Stand;
  const shown = ({ position, speaker, side, asOf }: Stand) => ({ position, speaker, side, asOf });
  return {
    key: `${frame.subject}||${course.side}`,
    subject: frame.subject,
    event: frame.eventId,
    topic: example?.topic ?? frame.subject.split("|").at(-1) ?? null,
    measure: null,
    party: null,
    civilian: null,
    stage: null,
    side: course.side,
    current: shown(current),
    observation: current.observation,
    history: () => course.stands.map(shown),
    sources: current.carriers.clusters.size,
    confidence: confidenceIn(current.carriers, { voice: voiceOfCourse(course), rounded: false }, frame),
  };
}

function voiceOfCourse({ side, stands }: Course): VoiceClass {
  return side !== "any" && NOBODY.has(stands.at(-1)?.side ?? side) ? "unnamed" : "own";
}

/** As sure as an alert that rests on the same sources would be. */
function confidenceIn(
  { clusters, tier, titleOnly }: Carriers,
  { voice, rounded }: { voice: VoiceClass; rounded: boolean },
  frame: Frame,
): number | null {
  if (tier === null) return null;
  return confidenceOf({ tier, voice, sources: clusters.size, titleOnly, rounded, outlier: false }, frame.severity);
}

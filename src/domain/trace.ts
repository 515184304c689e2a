import type { Alert } from "./alert/alert.ts";
import type { Analysis } from "./analyze.ts";
import { DECISIONS, type DecisionRule } from "./baseline/decision.ts";
import { foldInPieces } from "./baseline/fold-in-pieces.ts";
import type { Frame } from "./baseline/frame.ts";
import { bySubject } from "./baseline/increment-fold.ts";
import type { Observation, Origin } from "./baseline/observation.ts";
import { observationsOf, passedOver } from "./baseline/observe.ts";
import type { Figure, Statement, TraceLine } from "./claims/claim.ts";
import type { HappeningTime } from "./classify/happening.ts";
import { type Relevance, type Weighed, weighItem } from "./classify/relevance.ts";
import type { LanguagePacks } from "./language/language-pack.ts";
import type { NumberMention } from "./language/reading.ts";
import { createRevisionReader, type RevisionText, type StoryReading } from "./revision-reader.ts";
import type { Story } from "./story.ts";

/** A number of a text, and when the happening is that it stands with. */
export interface SeenNumber extends NumberMention {
  readonly field: "title" | "text";
  readonly text: string;
  readonly when: HappeningTime;
}

/** A claim with what became of it. */
export interface TracedClaim {
  readonly claim: (Figure & { readonly kind: "figure" }) | (Statement & { readonly kind: "statement" });
  readonly when: HappeningTime;
  /** Ids of the observations that it is; none where it was passed over. */
  readonly observations: readonly string[];
  /** Why it raised no alert; null where it raised one. */
  readonly decision: { readonly rule: DecisionRule; readonly because: string } | null;
  readonly alerts: readonly Alert[];
}

/** Why an item is, or is not, an alert for one story. */
export interface Trace {
  readonly relevance: Relevance;
  /** Everything that weighed for or against the story. */
  readonly weighed: readonly Weighed[];
  /** When it all happened, where the text does not date a happening itself. */
  readonly gate: HappeningTime;
  readonly numbers: readonly SeenNumber[];
  readonly claims: readonly TracedClaim[];
  readonly rules: readonly TraceLine[];
}

/** Long texts hold more numbers than anyone looks at. */
const MOST_NUMBERS = 500;

/** All that a text says about one story, and how it was read. Plain data: it comes from a thread. */
export interface TraceReading extends Pick<Trace, "weighed" | "gate" | "numbers"> {
  readonly story: string;
  readonly analysis: Analysis;
  /** When what each figure tells happened, and each statement. */
  readonly figuresWhen: readonly HappeningTime[];
  readonly statementsWhen: readonly HappeningTime[];
}

/** Reads a text for every story, to be traced. */
export function readToTrace(
  revision: RevisionText,
  options: { readonly packs: LanguagePacks; readonly stories: readonly Story[] },
): readonly TraceReading[] {
  return createRevisionReader({ ...options, keep: 0 })(revision).map(traceReadingOf);
}

function traceReadingOf(reading: StoryReading): TraceReading {
  const { context, analysis, story } = reading;
  const entities = context.fields.map((field) => field.entities);
  return {
    story: story.id,
    analysis,
    weighed: weighItem(context.reading, entities, story, context.item.published),
    gate: context.happening("text", -1, -1),
    numbers: numbersSeen(reading),
    figuresWhen: analysis.figures.map((figure) => whenOf(figure, reading)),
    statementsWhen: analysis.statements.map((statement) => whenOf(statement, reading)),
  };
}

export interface TraceOptions {
  readonly frame: Frame;
  /** Where the item comes from, as its observations have it. */
  readonly origin: Origin;
}

/** What the claims of an item are about: the ledger's observations of these subjects are what tracing takes. */
export function tracedSubjects(reading: TraceReading, options: TraceOptions): string[] {
  return [...new Set(observed(reading, options).map(({ subject }) => subject))];
}

/**
 * Traces a reading: its claims are held against `history` by the same folding as in the pipeline. `history` are the
 * ledger's observations of `tracedSubjects`; those of the item itself may be among them. It pauses again and again, for a
 * history may be long.
 */
export function* traceReading(
  reading: TraceReading,
  options: TraceOptions & { readonly history: readonly Observation[] },
): Generator<undefined, Trace> {
  const { analysis, weighed, gate, numbers } = reading;
  return {
    relevance: analysis.relevance,
    weighed,
    gate,
    numbers,
    claims: yield* tracedClaims(reading, options),
    rules: analysis.trace,
  };
}

function numbersSeen({ context }: StoryReading): SeenNumber[] {
  const all = context.fields.flatMap(({ reading }) => reading.numbers.map((number) => ({ number, reading })));
  return all.slice(0, MOST_NUMBERS).map(({ number, reading }) => ({
    ...number,
    field: reading.field,
    text: reading.original.slice(number.start, number.end),
    when: context.happening(reading.field, number.first, number.last),
  }));
}

function observed({ analysis }: TraceReading, { frame, origin }: TraceOptions): Observation[] {
  return analysis.relevance.relevant ? observationsOf(analysis, origin, frame.baseline) : [];
}

function* tracedClaims(
  reading: TraceReading,
  options: TraceOptions & { readonly history: readonly Observation[] },
): Generator<undefined, TracedClaim[]> {
  const { analysis } = reading;
  const { frame, history } = options;
  const fresh = observed(reading, options);
  const stored = new Set(history.map(({ id }) => id));
  const all = bySubject([...history, ...fresh.filter(({ id }) => !stored.has(id))]);
  const decisions = new Map<string, DecisionRule>();
  const alerts: Alert[] = [];
  for (const subject of new Set(fresh.map((observation) => observation.subject))) {
    const folded = yield* foldInPieces(frame, subject, all.get(subject) ?? []);
    for (const [id, rule] of folded.decisions) decisions.set(id, rule);
    alerts.push(...folded.alerts);
  }
  const claims = [
    ...analysis.figures.map((figure, at) => ({
      claim: { ...figure, kind: "figure" as const },
      when: reading.figuresWhen[at],
    })),
    ...analysis.statements.map((statement, at) => ({
      claim: { ...statement, kind: "statement" as const },
      when: reading.statementsWhen[at],
    })),
  ];
  return claims.map(({ claim, when = reading.gate }) => {
    const own = fresh.filter((observation) => isOf(observation, claim)).map(({ id }) => id);
    const raised = alerts.filter((alert) => own.includes(alert.evidence[0]?.id ?? ""));
    const rule = own.map((id) => decisions.get(id)).find((one) => one !== undefined) ?? unread(claim, reading);
    return {
      claim,
      when,
      observations: own,
      decision: raised.length > 0 || rule === null ? null : { rule, because: DECISIONS[rule] },
      alerts: raised,
    };
  });
}

/** Why a claim is no observation. */
function unread(claim: TracedClaim["claim"], { analysis }: TraceReading): DecisionRule | null {
  if (!analysis.relevance.relevant) return "another-story";
  return claim.kind === "figure" ? passedOver(claim) : null;
}

function isOf(observation: Observation, claim: TracedClaim["claim"]): boolean {
  if (observation.kind !== claim.kind || observation.field !== claim.field) return false;
  if (observation.start !== claim.start || observation.end !== claim.end) return false;
  if (observation.kind === "statement")
    return claim.kind === "statement" && observation.topic === claim.topic && observation.position === claim.position;
  if (claim.kind === "statement") return false;
  return (
    observation.measure === claim.measure && observation.party === claim.party && observation.value === claim.value
  );
}

function whenOf({ field, start, end }: Figure | Statement, { context }: StoryReading): HappeningTime {
  const tokens = context.fields.find(({ reading }) => reading.field === field)?.reading.tokens ?? [];
  const first = tokens.findIndex((token) => token.end > start);
  const last = tokens.findIndex((token) => token.start >= end);
  return context.happening(field, first, last < 0 ? tokens.length : last);
}

import type { Figure, Span, Statement } from "../claims/claim.ts";
import type { FieldName } from "../language/reading.ts";
import type { Baseline, BaselineEvent } from "./baseline.ts";
import type { DecisionRule } from "./decision.ts";
import type { FigureObservation, Observation, Origin, StatementObservation } from "./observation.ts";

/** The claims of one revision of an item, as analysis gives them. */
export interface Claims {
  readonly figures: readonly Figure[];
  readonly statements: readonly Statement[];
}

/**
 * Matches the claims of one revision to what they are about. Background, other stories and measures that cannot be
 * told apart ("other") give none; a statement of both sides gives one for each.
 */
export function observationsOf(claims: Claims, origin: Origin, baseline: Baseline): Observation[] {
  const drafts = [
    ...claims.figures.flatMap((figure) => observeFigure(figure, claims.statements, origin, baseline)),
    ...claims.statements.flatMap((statement) => observeStatement(statement, claims, origin, baseline)),
  ];
  return drafts.map((draft, place) => ({ ...draft, id: `${origin.item}:${origin.revision}:${place}` }));
}

/** Why a figure is no observation; null where it is one. */
export function passedOver(figure: Figure): DecisionRule | null {
  if (figure.event === null) return "another-story";
  if (figure.event === "background" || figure.role === "background") return "background";
  if (figure.measure === "other") return "no-measure";
  return figure.party === "other" ? "another-party" : null;
}

function observeFigure(
  figure: Figure,
  statements: readonly Statement[],
  origin: Origin,
  baseline: Baseline,
): FigureObservation[] {
  if (figure.event === null || passedOver(figure) !== null) return [];
  const named = baseline.byId.get(figure.event);
  const event = named?.sameAs ? baseline.byId.get(named.sameAs) : named;
  const fits = event?.match?.measure === figure.measure && event.match.party === figure.party;
  const civilian = fits && event.match?.civilian === "any" ? false : figure.civilian;
  const about = fits && (event.match?.civilian === "any" || event.match?.civilian === civilian) ? event : undefined;
  return [
    {
      ...placed(figure, origin),
      kind: "figure",
      subject: figureSubject(about?.id ?? "new", figure.measure, figure.party, civilian),
      event: about?.id ?? "new",
      measure: figure.measure,
      party: figure.party,
      civilian,
      stage: about ? stageOf(figure, statements, about) : null,
      value: figure.value,
      low: figure.low ?? null,
      high: figure.high ?? null,
      qualifier: figure.qualifier,
      role: figure.role,
      happened: figure.happened ?? null,
      correction: figure.correction ?? false,
      fields: fieldsOf(figure),
    },
  ];
}

/** The subject of a figure: what is counted, whoever says it. */
export function figureSubject(event: string, measure: string, party: string, civilian: boolean): string {
  return `figure|${event}|${measure}|${party}|${civilian ? "civilian" : "military"}`;
}

/** The subject of a statement: a baseline event, or a topic outside the baseline. */
export function statementSubject(event: string, topic: string): string {
  return event === "new" ? `statement|new|${topic}` : `statement|${event}`;
}

function fieldsOf(figure: Figure): FieldName[] {
  return [...new Set([figure.field, ...(figure.spans ?? []).map((span) => span.field)])];
}

function placed(claim: Figure | Statement, origin: Origin) {
  const { speaker, side, quote, field, start, end } = claim;
  return { ...origin, id: "", speaker, side, quote, field, start, end, asserted: claim.asserted ?? null };
}

/** The position of the nearest statement on the same event that has a count of its own. */
function stageOf(figure: Figure, statements: readonly Statement[], event: BaselineEvent): string | null {
  if (event.stages.length === 0) return null;
  const places = [figure, ...(figure.spans ?? [])];
  let nearest: { position: string; distance: number } | null = null;
  for (const statement of statements) {
    if (statement.event !== event.id || !event.stages.includes(statement.position)) continue;
    const distance = Math.min(...places.map((place) => distanceBetween(place, statement)));
    if (nearest === null || distance < nearest.distance) nearest = { position: statement.position, distance };
  }
  return nearest?.position ?? null;
}

const OTHER_FIELD = 1_000_000;

function distanceBetween(a: Span, b: Span): number {
  if (a.field !== b.field) return OTHER_FIELD;
  return Math.max(0, a.start - b.end, b.start - a.end);
}

function observeStatement(
  statement: Statement,
  claims: Claims,
  origin: Origin,
  baseline: Baseline,
): StatementObservation[] {
  const event = statement.event === null ? undefined : baseline.byId.get(statement.event);
  const sides = statement.side === "both" ? ["armenia", "azerbaijan"] : [statement.side];
  return sides.map((side) => ({
    ...placed(statement, origin),
    kind: "statement",
    subject: statementSubject(event?.id ?? "new", statement.topic),
    event: event?.id ?? "new",
    side,
    topic: statement.topic,
    position: statement.position,
    counted: event !== undefined && claims.figures.some((figure) => tells(figure, statement, event, claims.statements)),
  }));
}

/** Whether a counted figure of the same item carries the statement's step. */
function tells(figure: Figure, statement: Statement, event: BaselineEvent, statements: readonly Statement[]): boolean {
  if (figure.event !== event.id || figure.value === null) return false;
  if (figure.role !== "current" && figure.role !== "increment") return false;
  return event.stages.includes(statement.position) && stageOf(figure, statements, event) === statement.position;
}

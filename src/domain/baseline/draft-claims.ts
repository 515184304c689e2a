import type { Figure, Span, Statement } from "../claims/claim.ts";
import { dayIn } from "../classify/days.ts";
import type { Article } from "./draft-article.ts";
import type { SaidOnReader } from "./draft-day.ts";

/** Where in the article a claim stands. */
export type Where = "title" | "caption" | "text";

/** A claim of a draft: as in `baseline.yaml`, with the words that carry it and what the analyst has to look at. */
export interface DraftClaim {
  readonly speaker: string;
  readonly side: string;
  /** ISO date; null where neither the text nor the document says when. */
  readonly asOf: string | null;
  readonly position?: string;
  readonly figure?: DraftFigure;
  readonly quote: string;
  readonly field: Span["field"];
  readonly start: number;
  readonly end: number;
  readonly review: string;
}

export interface DraftFigure {
  readonly measure: Figure["measure"];
  readonly party: Figure["party"];
  readonly civilian: boolean;
  readonly value: number | null;
  readonly low?: number;
  readonly high?: number;
  readonly qualifier: Figure["qualifier"];
}

/** What dating a claim takes. */
export interface DraftDates {
  /** The day of publication, or null. */
  readonly published: string | null;
  readonly timezone: string;
  readonly saidOn: SaidOnReader;
}

const ROLE_NOTES: Readonly<Record<Figure["role"], string | null>> = {
  current: null,
  previous: "given as an earlier number",
  increment: "a step on top of an earlier number, no total",
  component: "a part of another number",
  combined: "counts both sides",
  denied: "the speaker denies this number: leave it out unless somebody else asserts it",
  background: "told as history",
};

/** Whether a span stands in the headline, in a caption or in the body. */
export function whereOf(span: Pick<Span, "field" | "start">, article: Article): Where {
  if (span.field === "title") return "title";
  return article.captions.some(({ start, end }) => span.start >= start && span.start < end) ? "caption" : "text";
}

/** The claim of a figure. */
export function figureClaim(figure: Figure, where: Where, dates: DraftDates): DraftClaim {
  const { measure, party, civilian, value, low, high, qualifier } = figure;
  const notes = [ROLE_NOTES[figure.role], figure.speaker === "-" ? "nobody is named" : null];
  return {
    ...sourceOf(figure, dates),
    figure: {
      measure,
      party,
      civilian,
      value: qualifier === "vague" ? null : value,
      ...(low === undefined ? {} : { low }),
      ...(high === undefined ? {} : { high }),
      // A range has a value in no wording: in a baseline it is as vague as "dozens".
      qualifier: value === null ? "vague" : qualifier,
    },
    ...spanOf(figure),
    review: reviewOf(where, notes, figure, dates),
  };
}

/** The claim of a statement. */
export function statementClaim(statement: Statement, where: Where, dates: DraftDates): DraftClaim {
  const notes = [statement.speaker === "-" ? "nobody is named" : null];
  return {
    ...sourceOf(statement, dates),
    position: statement.position,
    ...spanOf(statement),
    review: reviewOf(where, notes, statement, dates),
  };
}

function sourceOf(claim: Dated, dates: DraftDates): Pick<DraftClaim, "speaker" | "side" | "asOf"> {
  return { speaker: claim.speaker, side: claim.side, asOf: dayOf(claim, dates).day };
}

type Dated = Span & Pick<Figure, "speaker" | "side" | "asserted">;

function dayOf(claim: Dated, dates: DraftDates): { day: string | null; because: string } {
  if (claim.asserted) return { day: dayIn(claim.asserted, dates.timezone), because: "dated by the text" };
  const said = dates.saidOn(claim);
  if (said) return { day: said.day, because: `dated by «${said.words}»` };
  if (dates.published === null) return { day: null, because: "nothing says when: fill in asOf" };
  return { day: dates.published, because: "taken to be said on the day of publication" };
}

function spanOf({ quote, field, start, end }: Span): Span {
  return { quote, field, start, end };
}

function reviewOf(where: Where, notes: readonly (string | null)[], claim: Dated, dates: DraftDates): string {
  const place = { title: "in the headline", caption: "in a caption", text: "in the text" }[where];
  return [place, ...notes.filter((note) => note !== null), dayOf(claim, dates).because].join("; ");
}

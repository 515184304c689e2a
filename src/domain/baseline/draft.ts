import type { Analysis } from "../analyze.ts";
import type { Figure } from "../claims/claim.ts";
import { dayIn } from "../classify/days.ts";
import type { ItemContext } from "../item-context.ts";
import type { ChangeRules } from "./change-rules.ts";
import type { Article } from "./draft-article.ts";
import { type DraftClaim, type DraftDates, figureClaim, statementClaim, whereOf } from "./draft-claims.ts";
import { conflict, numberText, type PlacedFigure } from "./draft-conflicts.ts";
import { saidOnReader } from "./draft-day.ts";
import { type Filed, fileFigures, sameSide } from "./draft-filing.ts";
import { type EventRules, emptyRules, rulesOf } from "./draft-rules.ts";

/** An event of a draft: as in `baseline.yaml`, with what the analyst has to look at. */
export interface DraftEvent extends EventRules {
  readonly id: string;
  readonly review: string;
  readonly sameAs?: string;
  readonly claims: readonly DraftClaim[];
}

/** A baseline drawn from an article. Every `review` is to be looked at and removed; then it is a `baseline.yaml`. */
export interface BaselineDraft {
  readonly article: { source: string; lang: string; published: string | null; note: string; review: string };
  readonly events: readonly DraftEvent[];
  readonly discrepancies: readonly { events: string[]; note: string; review: string }[];
  /** Figures told as history. */
  readonly background: readonly { id: string; gloss: string; from?: number; review: string }[];
}

/** What a draft is drawn from. */
export interface DraftInput {
  readonly article: Article;
  readonly context: ItemContext;
  readonly analysis: Analysis;
  readonly changes: ChangeRules;
  /** Where the day of publication was taken from, in words. */
  readonly publishedFrom: string;
}

/** Draws a baseline from an article: every figure and statement, and where the article contradicts itself. */
export function draftBaseline(input: DraftInput): BaselineDraft {
  const placed = placedFigures(input);
  const filed = fileFigures(
    placed.filter(({ figure }) => !isBackground(figure)),
    input.context.story.baseline.byId,
    input.changes,
  );
  const dates = datesOf(input);
  return {
    article: {
      source: "unknown",
      lang: input.analysis.lang,
      published: input.context.item.published,
      note: input.article.title,
      review: [
        "name the source",
        `published: ${input.publishedFrom}`,
        ...(input.analysis.relevance.relevant ? [] : ["the article does not read as part of the story"]),
      ].join("; "),
    },
    events: joinStages([...figureEvents(filed, input, dates), ...statementEvents(input, dates)]),
    discrepancies: discrepanciesOf(filed, input.changes),
    background: placed.filter(({ figure }) => isBackground(figure)).map(({ figure }, at) => passageOf(figure, at)),
  };
}

function datesOf({ context }: DraftInput): DraftDates {
  const { published } = context.item;
  const { timezone } = context;
  return {
    published: published === null ? null : dayIn(published, timezone),
    timezone,
    saidOn: saidOnReader(context),
  };
}

function isBackground(figure: Figure): boolean {
  return figure.role === "background" || figure.event === "background";
}

function passageOf({ measure, party, quote, happened }: Figure, at: number): BaselineDraft["background"][number] {
  const year = !happened ? {} : { from: Number(happened.slice(0, 4)) };
  return {
    id: `B${at + 1}`,
    gloss: `${measure} of ${party}: ${quote}`,
    ...year,
    review: "say in `gloss` what happened",
  };
}

/** Every mention that stands in another place of the article is a claim of its own: headline, caption and text differ. */
function placedFigures({ article, context, analysis }: DraftInput): PlacedFigure[] {
  const sentenceOf = (figure: Pick<Figure, "field" | "start">): number =>
    context.reading.fields
      .find(({ field }) => field === figure.field)
      ?.sentences.findIndex(({ start, end }) => figure.start >= start && figure.start < end) ?? -1;
  return analysis.figures.flatMap((figure) => {
    const seen = new Set([whereOf(figure, article)]);
    const elsewhere = (figure.spans ?? []).filter((span) => {
      const where = whereOf(span, article);
      return !seen.has(where) && seen.add(where);
    });
    return [figure, ...elsewhere.map((span) => ({ ...figure, ...span }))].map((one) => ({
      figure: one,
      where: whereOf(one, article),
      sentence: sentenceOf(one),
    }));
  });
}

function figureEvents(filed: readonly Filed[], { article, context }: DraftInput, dates: DraftDates): DraftEvent[] {
  const ids = [...new Set(filed.map(({ id }) => id))];
  return ids.map((id) => {
    const members = filed.filter((one) => one.id === id);
    const { figure, sameAs } = members[0]!;
    const known = context.story.baseline.byId.get(id);
    const rules = known ? rulesOf(known) : emptyRules(glossOf(figure), sameAs ? null : figure, context.story.window);
    return {
      id,
      ...rules,
      review: known
        ? "an event of the present baseline, with its rules"
        : sameAs
          ? `the same as ${sameAs} in another place of the article`
          : "a new event: give it a name, a gloss, and the windows and the base of `match`",
      ...(sameAs ? { sameAs } : {}),
      claims: members
        .filter((one, index) => members.findIndex((other) => saysTheSame(one.figure, other.figure)) === index)
        .map((one) => figureClaim(one.figure, whereOf(one.figure, article), dates)),
    };
  });
}

function saysTheSame(one: Figure, other: Figure): boolean {
  return one.speaker === other.speaker && one.value === other.value && one.low === other.low;
}

function glossOf({ measure, party, civilian }: Figure): string {
  return `${measure.replaceAll("_", " ")}, ${party}${civilian ? ", civilians" : ""}`;
}

function statementEvents({ article, context, analysis }: DraftInput, dates: DraftDates): DraftEvent[] {
  const ids = [...new Set(analysis.statements.map(({ event, topic }) => event ?? topic))];
  return ids.map((id) => {
    const members = analysis.statements.filter(({ event, topic }) => (event ?? topic) === id);
    const known = context.story.baseline.byId.get(id);
    const claims = members.map((one) => statementClaim(one, whereOf(one, article), dates));
    return {
      id,
      ...(known ? rulesOf(known) : emptyRules(id.replaceAll("-", " "), null, context.story.window)),
      review: known
        ? "an event of the present baseline, with its rules"
        : "a new event: say who has a voice and in which order positions come",
      claims: claims.filter(
        ({ speaker, position }, index) =>
          claims.findIndex((other) => other.speaker === speaker && other.position === position) === index,
      ),
    };
  });
}

/** What one side offers or does and how many are counted by it is one claim, where the event counts by stages. */
function joinStages(events: readonly DraftEvent[]): DraftEvent[] {
  return [...new Set(events.map(({ id }) => id))].map((id) => {
    const parts = events.filter((event) => event.id === id);
    const [first] = parts as [DraftEvent];
    const claims = parts.flatMap((part) => part.claims);
    if (first.stages === undefined) return { ...first, claims };
    const positions = claims.filter((claim) => claim.figure === undefined);
    const figures = claims.filter((claim) => claim.figure !== undefined);
    const joined = figures.map((claim) => {
      const position = positions.find(({ side }) => side === claim.side)?.position;
      return position === undefined ? claim : { ...claim, position };
    });
    const left = positions.filter(({ side }) => !figures.some((claim) => claim.side === side));
    return { ...first, claims: [...joined, ...left] };
  });
}

function discrepanciesOf(filed: readonly Filed[], changes: ChangeRules): BaselineDraft["discrepancies"] {
  return filed.flatMap((one, index) =>
    filed.slice(index + 1).flatMap((other) => {
      if (!conflict(one, other, changes)) return [];
      const said = [one, other].map(
        ({ figure, where }) => `${numberText(figure)} in the ${where} (${figure.speaker}: «${figure.quote}»)`,
      );
      const dispute = !sameSide(one, other);
      return [
        {
          events: [...new Set([one.id, other.id])],
          note: `${one.figure.measure.replaceAll("_", " ")}: ${said.join(", ")}`,
          review: dispute ? "two sides give different numbers" : "say which number is taken, or remove it",
        },
      ];
    }),
  );
}

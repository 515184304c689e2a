import type { Attribution, FigureRole, Measure, Party, Qualifier, Span } from "../claims/claim.ts";
import type { FieldName } from "../language/reading.ts";

/** How far a source is trusted. 1: national agencies and official bodies; 2: established media; 3: everyone else. */
export type Tier = 1 | 2 | 3;

/** The revision of an item in which a claim stands, and where that came from. */
export interface Origin {
  readonly item: string;
  /** 1 for the item as first published, one more for each edit of its text. */
  readonly revision: number;
  /** What names the publication outside the ledger (its URL, else source and guid): the same in every run. */
  readonly page: string;
  /** Items that carry the same report. A cluster counts as one source. */
  readonly cluster: string;
  readonly source: string;
  readonly tier: Tier;
  readonly lang: string;
  /** When this revision appeared, ISO 8601; the time of fetching where the feed does not say. */
  readonly published: string;
  readonly url: string | null;
  /** A newer revision of the item was folded before this one came: kept, never folded. */
  readonly overtaken?: boolean;
}

interface Observed extends Origin, Span, Attribution {
  /** `item:revision:place`, unique within a story. */
  readonly id: string;
  /** What is folded together: all observations of one subject, whoever speaks. */
  readonly subject: string;
  /** A baseline event's id, or "new". */
  readonly event: string;
  /** When the speaker said so, ISO 8601; null when the text does not say. */
  readonly asserted: string | null;
}

/** A figure matched to what it is about. */
export interface FigureObservation extends Observed {
  readonly kind: "figure";
  readonly measure: Measure;
  readonly party: Party;
  readonly civilian: boolean;
  /** Which of the event's separate counts it belongs to ("offered", "handed-over"); null when the text does not say. */
  readonly stage: string | null;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly qualifier: Qualifier;
  readonly role: FigureRole;
  /** When what is counted happened, as far as the text says: ISO date. */
  readonly happened: string | null;
  /** The text says that an earlier number was wrong. */
  readonly correction: boolean;
  /** The fields in which the figure stands. */
  readonly fields: readonly FieldName[];
}

/** A statement matched to what it is about. */
export interface StatementObservation extends Observed {
  readonly kind: "statement";
  readonly topic: string;
  readonly position: string;
  /** A figure of the same item tells the same step, so that the position moves without an alert of its own. */
  readonly counted: boolean;
}

/** A claim matched to a baseline event (or found new), with the words that carry it and where they stand. */
export type Observation = FigureObservation | StatementObservation;

/** The moment at which an observation counts, in milliseconds: when it was asserted, else published. */
export function momentOf(observation: Observation): number {
  return Date.parse(observation.asserted ?? observation.published);
}

/** The order of folding: moment, item, revision, then place in the item. Total, and the same in every run. */
export function inOrder(a: Observation, b: Observation): number {
  return (
    momentOf(a) - momentOf(b) ||
    Date.parse(a.published) - Date.parse(b.published) ||
    compareText(a.page, b.page) ||
    a.revision - b.revision ||
    compareText(a.field === "title" ? "0" : "1", b.field === "title" ? "0" : "1") ||
    a.start - b.start ||
    compareText(a.id, b.id)
  );
}

/** The observations in the order of folding; each moment is read once. */
export function sorted<O extends Observation>(observations: readonly O[]): O[] {
  const dated = observations.map((observation) => ({ observation, at: momentOf(observation) }));
  dated.sort((a, b) => a.at - b.at || inOrder(a.observation, b.observation));
  return dated.map(({ observation }) => observation);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

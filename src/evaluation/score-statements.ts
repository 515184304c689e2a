import type { Statement } from "../domain/claims/claim.ts";
import { type ItemLabels, SCORED_POSITIONS } from "./labels.ts";
import { type Agreement, agreementOf, newTally, type Tally, valueAt } from "./ratio.ts";

/** How statements came out against the labels. */
export interface StatementScore {
  readonly all: Agreement;
  readonly byLanguage: Readonly<Record<string, number>>;
}

/** Scores statements by baseline event and position, each counted once an item. */
export function scoreStatements(
  items: readonly ItemLabels[],
  readOf: (id: string) => readonly Pick<Statement, "event" | "position">[],
  note: (line: string) => void,
): StatementScore {
  const all = newTally();
  const languages = new Map<string, Tally>();
  for (const { id, lang, statements } of items) {
    const labelled = new Set(statements.filter(({ event, position }) => event && position).map(keyOf));
    const read = new Set(
      readOf(id)
        .map(keyOf)
        .filter((key) => SCORED_POSITIONS.has(key)),
    );
    const hits = [...labelled].filter((key) => read.has(key)).length;
    for (const key of labelled) if (!read.has(key)) note(`statement missed ${id} ${lang}: ${key}`);
    for (const key of read) if (!labelled.has(key)) note(`statement invented ${id} ${lang}: ${key}`);
    for (const tally of [all, valueAt(languages, lang, newTally)]) {
      tally.hits += hits;
      tally.predicted += read.size;
      tally.expected += labelled.size;
    }
  }
  const scored = [...languages].filter(([, { expected, predicted }]) => expected + predicted > 0);
  const byLanguage = Object.fromEntries(scored.map(([lang, tally]) => [lang, agreementOf(tally).f1]));
  return { all: agreementOf(all), byLanguage };
}

/** A truce that the other side confirms and one that holds are one position. */
function keyOf({
  event,
  position,
}: {
  event?: string | null | undefined;
  position?: string | null | undefined;
}): string {
  return `${event}|${position === "confirmed" ? "holding" : position}`;
}

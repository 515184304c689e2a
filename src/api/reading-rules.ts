import { isUnread } from "../analysis/analyzer.ts";
import type { TraceLine } from "../domain/claims/claim.ts";
import type { ObservationRow } from "../ledger/observations.ts";
import { revisionText } from "../ledger/revision-text.ts";
import { readRevision } from "../ledger/revisions.ts";
import type { ApiContext } from "./api-context.ts";

/**
 * The rules that decided on an observation's words. They are not kept: the same text gives the same ones whenever it is
 * read. None where it cannot be read any more.
 * @param number that of the observation's revision in its item; undefined where there is no such revision.
 */
export async function readingRules(
  observation: ObservationRow,
  number: number | undefined,
  { db, readToTrace }: Pick<ApiContext, "db" | "readToTrace">,
): Promise<TraceLine[]> {
  const { story, item_id: itemId, field, span_start: start, span_end: end } = observation;
  const row = number === undefined ? undefined : await readRevision(db, { itemId, number });
  if (row === undefined) return [];
  try {
    const reading = (await readToTrace(revisionText(row))).find((one) => one.story === story);
    const trace = reading?.analysis.trace ?? [];
    return trace.filter((line) => line.field === field && line.start < end && line.end > start);
  } catch (error) {
    if (isUnread(error)) return [];
    throw error;
  }
}

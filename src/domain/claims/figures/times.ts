import type { HappeningTime } from "../../classify/happening.ts";
import type { Draft } from "./draft.ts";

const UNDATED: HappeningTime = {
  scope: "unknown",
  from: null,
  to: null,
  because: "the time is said of another number",
};

/**
 * Two values of one measure and party that one sentence gives with one earlier time: it is the time of the one it stands
 * with. "10 km², on top of 40 taken in May", "10 km², and in May 40 more": May is when the 40 were taken.
 */
export function settleTimes(drafts: readonly Draft[]): Draft[] {
  return drafts.map((draft) => (isDatedByOther(draft, drafts) ? { ...draft, happened: UNDATED, past: false } : draft));
}

function isDatedByOther(draft: Draft, drafts: readonly Draft[]): boolean {
  const { happened, field } = draft;
  if (happened.scope !== "before" || happened.from === null) return false;
  const { original } = field.reading;
  const from = draft.link.counted.number.end;
  const at = original.indexOf(happened.because, from);
  if (at < 0) return false;
  const isParted = CLAUSE_MARK.test(original.slice(from, at));
  return drafts.some(({ field: other, measure, party, happened: time, link, value }) => {
    const { start } = link.counted.number;
    const same =
      other === field && measure === draft.measure && party.party === draft.party.party && value !== draft.value;
    if (!same || start < from || time.because !== happened.because) return false;
    return start < at || (isParted && !CLAUSE_MARK.test(original.slice(at + happened.because.length, start)));
  });
}

const CLAUSE_MARK = /[,،;؛:.]/;

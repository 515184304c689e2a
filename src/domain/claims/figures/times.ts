import type { HappeningTime } from "../../classify/happening.ts";
import type { Draft } from "./draft.ts";

const UNDATED: HappeningTime = {
  scope: "unknown",
  from: null,
  to: null,
  because: "the time is said of another number",
};

/**
 * Two values of one measure and party that one sentence gives with one earlier time: it is the time of the one next to
 * it. "10 km², on top of 40 taken in May": May is when the 40 were taken.
 */
export function settleTimes(drafts: readonly Draft[]): Draft[] {
  return drafts.map((draft) => (isDatedByOther(draft, drafts) ? { ...draft, happened: UNDATED, past: false } : draft));
}

function isDatedByOther(draft: Draft, drafts: readonly Draft[]): boolean {
  const { happened, field } = draft;
  if (happened.scope !== "before" || happened.from === null) return false;
  const from = draft.link.counted.number.end;
  const at = field.reading.original.indexOf(happened.because, from);
  if (at < 0) return false;
  return drafts.some(({ field: other, measure, party, happened: time, link, value }) => {
    const { start } = link.counted.number;
    const same =
      other === field && measure === draft.measure && party.party === draft.party.party && value !== draft.value;
    return same && start >= from && start < at && time.because === happened.because;
  });
}

import type { CurrentEvent, ItemLabels } from "./labels.ts";
import { type Agreement, agreementOf, newTally, ratio, type Tally, valueAt } from "./ratio.ts";

/** How well items of the story are told from others. */
export interface RelevanceScore {
  readonly all: Agreement;
  readonly byLanguage: Readonly<Record<string, number>>;
}

/** Scores relevance over labelled items. */
export function scoreRelevance(
  items: readonly ItemLabels[],
  isRelevant: (id: string) => boolean,
  note: (line: string) => void,
): RelevanceScore {
  const all = newTally();
  const languages = new Map<string, Tally>();
  for (const { id, lang, title, relevant } of items) {
    const said = isRelevant(id);
    if (said !== relevant) note(`relevance ${id} ${lang}: said ${said}, is ${relevant}: ${title}`);
    for (const tally of [all, valueAt(languages, lang, newTally)]) {
      tally.expected += relevant ? 1 : 0;
      tally.predicted += said ? 1 : 0;
      tally.hits += relevant && said ? 1 : 0;
    }
  }
  const byLanguage = Object.fromEntries([...languages].map(([lang, tally]) => [lang, agreementOf(tally).f1]));
  return { all: agreementOf(all), byLanguage };
}

/** Of plain event summaries: how many of other stories are kept out, and how many of the story are found. */
export interface CurrentEventsScore {
  readonly kept: number | null;
  readonly others: number;
  readonly found: number | null;
  readonly ofStory: number;
}

/** Scores event summaries labelled `story` and `other`; those labelled otherwise are left to a reader's judgement. */
export function scoreCurrentEvents(
  events: readonly CurrentEvent[],
  isRelevant: (id: string) => boolean,
  note: (line: string) => void,
): CurrentEventsScore {
  const counts = { other: 0, kept: 0, story: 0, found: 0 };
  for (const { id, label, text } of events) {
    if (label !== "story" && label !== "other") continue;
    const said = isRelevant(id);
    counts[label] += 1;
    if (label === "story" && said) counts.found += 1;
    if (label === "other" && !said) counts.kept += 1;
    if (said !== (label === "story")) note(`current event ${id}: said ${said}, is ${label}: ${text}`);
  }
  return {
    kept: ratio(counts.kept, counts.other),
    others: counts.other,
    found: ratio(counts.found, counts.story),
    ofStory: counts.story,
  };
}

import type { Figure, Measure, Party } from "../claims/claim.ts";
import type { HappeningTime } from "../classify/happening.ts";
import type { Story } from "../story.ts";
import type { BaselineEvent, Days } from "./baseline.ts";

/** What a figure is about, and why. */
export interface EventFinding {
  readonly event: string | null;
  readonly because: string;
}

type Matched = Pick<Figure, "measure" | "party" | "civilian"> & {
  /** It counts one episode (an execution), no toll of the happening as a whole. */
  readonly episode: boolean;
  /** What it counts on its own; null where it is vague, or a part or step of another count. */
  readonly alone?: number | null;
};

/**
 * Tells which baseline event a figure is about: by measure, party, civilian or military and the time of the happening,
 * never by the number alone. "background" before the story's window, "new" since then, null outside the story.
 * @param published ISO 8601 or null.
 */
export function matchEvent(
  figure: Matched,
  happened: HappeningTime,
  published: string | null,
  story: Story,
): EventFinding {
  if (figure.party === "other") return { event: null, because: "the people or land of another party" };
  const candidates = story.baseline.events.filter((candidate) => isAbout(candidate, figure, happened, published));
  // "since May 2021" reaches into later events too: it is about the one that it starts in
  const event = candidates.find((candidate) => startsIn(candidate, happened)) ?? candidates[0];
  if (event) return { event: event.id, because: `${figure.measure} of ${figure.party}, ${happened.because}` };
  if (happened.scope === "before") return { event: "background", because: happened.because };
  if (happened.scope !== "unknown") return { event: "new", because: happened.because };
  const day = published?.slice(0, 10) ?? story.window.from;
  if (day < story.window.from) return { event: "background", because: "published before the story began" };
  return { event: "new", because: "published since the story began, and the text gives no earlier time" };
}

function isAbout(event: BaselineEvent, figure: Matched, happened: HappeningTime, published: string | null): boolean {
  const { match } = event;
  if (!match || figure.episode || match.measure !== figure.measure || match.party !== figure.party) return false;
  if (match.civilian !== "any" && match.civilian !== figure.civilian) return false;
  if (happened.from !== null || happened.to !== null) return match.windows.some((days) => overlaps(days, happened));
  if (happened.scope === "before" || happened.scope === "after") return false;
  const day = published?.slice(0, 10);
  if (isIncident(event, figure, day)) return false;
  return match.undated !== null && (day === undefined || (day >= match.undated.from && day <= match.undated.to));
}

/** "Three soldiers were killed in a shootout", two weeks after the clashes: no toll of theirs. */
function isIncident({ match }: BaselineEvent, { alone }: Matched, day: string | undefined): boolean {
  const incidents = match?.incidents;
  if (!incidents || day === undefined || alone === undefined || alone === null) return false;
  return day >= incidents.from && alone < incidents.below;
}

function startsIn({ match }: BaselineEvent, { from }: HappeningTime): boolean {
  return from !== null && !!match?.windows.some((days) => from >= days.from && from <= days.to);
}

function overlaps(days: Days, happened: HappeningTime): boolean {
  const from = happened.from ?? "0000-01-01";
  const to = happened.to ?? "9999-12-31";
  return from <= days.to && to >= days.from;
}

const tracked = new WeakMap<Story["baseline"], Map<Measure, Party | null>>();

/** The party whose count of a measure the baseline follows; null when it follows none, or several. */
export function trackedParty({ baseline }: Story, measure: Measure): Party | null {
  let parties = tracked.get(baseline);
  if (!parties) {
    parties = new Map();
    for (const { match } of baseline.events) {
      if (!match) continue;
      const known = parties.get(match.measure);
      parties.set(match.measure, known === undefined || known === match.party ? match.party : null);
    }
    tracked.set(baseline, parties);
  }
  return parties.get(measure) ?? null;
}

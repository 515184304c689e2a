import { bothHaveOwnFigures, bothHaveOwnNames, sameFigures, tellingFigures } from "./agreement.ts";
import { type Conflict, conflictingTolls, findConflict } from "./conflicts.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { type Likeness, likeness } from "./likeness.ts";
import type { Sketch } from "./sketch.ts";

/** An earlier item that the index found: `exact` and `sketch` as its fingerprint had them. */
export interface CopyCandidate {
  readonly id: string;
  readonly cluster: string;
  /** When it was published, else seen: milliseconds. */
  readonly at: number;
  readonly exact: string | null;
  readonly sketch: Sketch;
}

/** The item to be placed. */
export interface NewItem {
  readonly id: string;
  readonly at: number;
  readonly fingerprint: Fingerprint;
}

/** Where an item belongs. `veto` names the look-alike it was held apart from, and why. */
export interface CopyDecision {
  readonly cluster: string;
  readonly kind: "first" | "exact" | "copy";
  /** The item it is a copy of; absent for a first. */
  readonly of?: string;
  readonly veto?: { readonly of: string; readonly because: Conflict };
}

/** Shares measured on labelled reports: copies lie above .4, other reports of one happening below .25. */
const CONTAINED = 0.4;
/** Reports of one kind of event share set phrases: short texts, and texts that name others, must share more. */
const CONTAINED_OF_FEW = 0.75;
const FEWEST_SEQUENCES = 6;
const MANY_SEQUENCES = 26;
const CONTAINED_WITH_OTHER_NAMES = 0.6;
const LEAST_SHARED = 3;
/** A short text tells little without its title: the words of both must agree, unless it is cut from a longer one. */
const WORDS_OF_SHORT_TEXTS = 0.4;
const CUT_FROM = 1.5;
/** Reworded copies: the same figures, and this part of the telling words, by how many figures agree (none, one, two, more). */
const WORDS_BY_FIGURES = [0.32, 0.27, 0.25, 0.22] as const;
const WORDS_WITH_OTHER_NAMES = 0.5;
const LEAST_WORDS = 8;
const LEAST_WORDS_WITHOUT_FIGURES = 12;
const REWORDED_WITHIN_MS = 3 * 86_400_000;
/** Two pages under one address: the same report unless nothing in them agrees (a site's front page). */
const WORDS_UNDER_ONE_URL = 0.1;

interface Judged {
  readonly candidate: CopyCandidate;
  readonly kind: "exact" | "copy" | null;
  readonly likeness: number;
  readonly conflict: Conflict | null;
}

/**
 * Places an item among the candidates of the index. It joins the cluster of the candidate most like it, unless a member of
 * that cluster contradicts it; items in different languages never share a cluster.
 */
export function decideCopy(item: NewItem, candidates: readonly CopyCandidate[]): CopyDecision {
  const judged = candidates
    .filter((candidate) => candidate.id !== item.id && candidate.sketch.lang === item.fingerprint.sketch.lang)
    .map((candidate) => judge(item, candidate));
  const closed = new Map(
    judged.filter(({ conflict }) => conflict !== null).map((one) => [one.candidate.cluster, one.conflict!]),
  );
  const alike = judged.filter(({ kind }) => kind !== null).sort(closestFirst);
  const best = alike.find(({ candidate }) => !closed.has(candidate.cluster));
  const vetoed = alike.find(({ candidate }) => closed.has(candidate.cluster));
  const veto = vetoed
    ? { veto: { of: vetoed.candidate.id, because: vetoed.conflict ?? closed.get(vetoed.candidate.cluster)! } }
    : {};
  if (!best) return { cluster: item.id, kind: "first", ...veto };
  return { cluster: best.candidate.cluster, kind: best.kind!, of: best.candidate.id, ...veto };
}

function closestFirst(one: Judged, other: Judged): number {
  if (one.kind !== other.kind) return one.kind === "exact" ? -1 : 1;
  return (
    other.likeness - one.likeness ||
    one.candidate.at - other.candidate.at ||
    (one.candidate.id < other.candidate.id ? -1 : 1)
  );
}

function judge(item: NewItem, candidate: CopyCandidate): Judged {
  const mine = item.fingerprint.sketch;
  const theirs = candidate.sketch;
  const alike = likeness(mine, theirs);
  const score = alike.contained + alike.words;
  const kind = kindOf(item, candidate, alike);
  return {
    candidate,
    kind,
    likeness: score,
    conflict: kind === null ? farConflict(mine, theirs) : nearConflict(mine, theirs),
  };
}

/** A member of the cluster that does not look like the item still closes it, when it gives another toll. */
function farConflict(one: Sketch, other: Sketch): Conflict | null {
  return conflictingTolls(one, other) ? "toll" : null;
}

function nearConflict(one: Sketch, other: Sketch): Conflict | null {
  return findConflict(one, other) ?? (bothHaveOwnFigures(one, other) ? "numbers" : null);
}

function kindOf(item: NewItem, candidate: CopyCandidate, alike: Likeness): "exact" | "copy" | null {
  const mine = item.fingerprint.sketch;
  const theirs = candidate.sketch;
  if (item.fingerprint.exact !== null && item.fingerprint.exact === candidate.exact) return "exact";
  if (mine.url !== 0 && mine.url === theirs.url && alike.words >= WORDS_UNDER_ONE_URL) return "exact";
  if (isVerbatim(alike, mine, theirs)) return "copy";
  if (mine.title !== 0 && mine.title === theirs.title && (mine.text === 0 || theirs.text === 0)) return "copy";
  if (Math.abs(item.at - candidate.at) > REWORDED_WITHIN_MS) return null;
  return isReworded(mine, theirs, alike.words) ? "copy" : null;
}

function isVerbatim({ contained, shared, counted, words }: Likeness, one: Sketch, other: Sketch): boolean {
  if (areOfOneSize(one, other) && words < WORDS_OF_SHORT_TEXTS) return false;
  if (shared < LEAST_SHARED) return shared === counted && (shared > 1 || isOpening(one, other));
  if (contained < CONTAINED) return false;
  if (bothHaveOwnNames(one, other)) return contained >= CONTAINED_WITH_OTHER_NAMES;
  if (sharesFigures(one, other)) return true;
  const few = Math.max(0, MANY_SEQUENCES - counted) / (MANY_SEQUENCES - FEWEST_SEQUENCES);
  return contained >= Math.min(CONTAINED_OF_FEW, CONTAINED + few * (CONTAINED_OF_FEW - CONTAINED));
}

function isOpening(one: Sketch, other: Sketch): boolean {
  return one.opening !== 0 && one.opening === other.opening;
}

/** Two short texts of about one length: if they are alike, a set line of the feed may be all there is of either. */
function areOfOneSize(one: Sketch, other: Sketch): boolean {
  const sizes = [one.sequences.size, other.sequences.size];
  return one.text === 0 && other.text === 0 && Math.max(...sizes) < CUT_FROM * Math.min(...sizes);
}

function sharesFigures(one: Sketch, other: Sketch): boolean {
  return tellingFigures(one, other) > 0 && sameFigures(one, other);
}

function isReworded(one: Sketch, other: Sketch, words: number): boolean {
  if (!sameFigures(one, other)) return false;
  const figures = tellingFigures(one, other);
  const least = figures > 0 ? LEAST_WORDS : LEAST_WORDS_WITHOUT_FIGURES;
  if (Math.min(one.words.size, other.words.size) < least) return false;
  if (figures < 2 && bothHaveOwnNames(one, other)) return words >= WORDS_WITH_OTHER_NAMES;
  return words >= WORDS_BY_FIGURES[Math.min(figures, 3) as 0 | 1 | 2 | 3];
}

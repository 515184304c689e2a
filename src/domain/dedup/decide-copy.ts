import { bothHaveOwnFigures, type Conflict, findConflict, sameFigures } from "./conflicts.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { likeness } from "./likeness.ts";
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
const CONTAINED_OF_FEW = 0.6;
const FEW_SEQUENCES = 8;
const LEAST_SHARED = 3;
/** Reworded copies: the same figures, and this part of the telling words. Without figures to compare, more of them. */
const WORDS_WITH_FIGURES = 0.24;
const WORDS_WITHOUT_FIGURES = 0.33;
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
  return findConflict(one, other) === "toll" ? "toll" : null;
}

function nearConflict(one: Sketch, other: Sketch): Conflict | null {
  return findConflict(one, other) ?? (bothHaveOwnFigures(one, other) ? "numbers" : null);
}

function kindOf(item: NewItem, candidate: CopyCandidate, alike: ReturnType<typeof likeness>): "exact" | "copy" | null {
  const mine = item.fingerprint.sketch;
  const theirs = candidate.sketch;
  if (item.fingerprint.exact !== null && item.fingerprint.exact === candidate.exact) return "exact";
  if (mine.url !== 0 && mine.url === theirs.url && alike.words >= WORDS_UNDER_ONE_URL) return "exact";
  if (isVerbatim(alike)) return "copy";
  if (mine.title !== 0 && mine.title === theirs.title && (mine.text === 0 || theirs.text === 0)) return "copy";
  if (Math.abs(item.at - candidate.at) > REWORDED_WITHIN_MS) return null;
  return isReworded(mine, theirs, alike.words) ? "copy" : null;
}

function isVerbatim({ contained, shared, counted }: ReturnType<typeof likeness>): boolean {
  return shared >= LEAST_SHARED && contained >= (counted < FEW_SEQUENCES ? CONTAINED_OF_FEW : CONTAINED);
}

function isReworded(one: Sketch, other: Sketch, words: number): boolean {
  if (!sameFigures(one, other)) return false;
  const counted = Math.min(one.figures.length, other.figures.length);
  return words >= (counted > 0 ? WORDS_WITH_FIGURES : WORDS_WITHOUT_FIGURES);
}

import { setTimeout as pause } from "node:timers/promises";

export interface DueWork {
  /** Takes at most so many pieces of work that are due; each is begun at once. */
  readonly claim: (limit: number) => Promise<readonly (() => Promise<void>)[]>;
  /** Pieces at work at a time. */
  readonly most: number;
  readonly signal: AbortSignal;
}

/** Pieces that end within this time are replaced together: one claim for all of them. */
const TOGETHER_MS = 20;
/** While pieces are slow, what fell due meanwhile is looked for so often. */
const LOOK_AGAIN_MS = 500;

/**
 * Works on what is due, several pieces at a time, until nothing is due and nothing is at work. A slow piece keeps no
 * other waiting. A piece or a claim that throws lets what is at work end; then its error is thrown.
 */
export async function runWhileDue({ claim, most, signal }: DueWork): Promise<void> {
  const inFlight = new Set<Promise<void>>();
  const errors: unknown[] = [];
  const claimed = (limit: number) =>
    claim(limit).catch((error: unknown) => {
      errors.push(error);
      return [];
    });
  while (!signal.aborted && errors.length === 0) {
    const due = inFlight.size < most ? await claimed(most - inFlight.size) : [];
    for (const begin of due) {
      const piece: Promise<void> = begin()
        .catch((error: unknown) => void errors.push(error))
        .finally(() => inFlight.delete(piece));
      inFlight.add(piece);
    }
    if (inFlight.size === 0) break;
    const done = await waitForOne(inFlight, due.length === 0 ? LOOK_AGAIN_MS : LOOK_AGAIN_MS / 5);
    if (done && inFlight.size > 0) await pause(TOGETHER_MS);
  }
  await Promise.all(inFlight);
  if (errors.length > 0) throw errors[0];
}

async function waitForOne(pieces: ReadonlySet<Promise<void>>, patienceMs: number): Promise<boolean> {
  const stop = new AbortController();
  const patience = pause(patienceMs, false, { signal: stop.signal }).catch(() => false);
  const one = await Promise.race([...[...pieces].map((piece) => piece.then(() => true)), patience]);
  stop.abort();
  return one;
}

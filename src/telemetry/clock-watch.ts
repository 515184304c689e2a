import type { Setback } from "../ledger/clock-setback.ts";
import { startDuty } from "../upkeep/duty.ts";

export interface ClockWatchOptions {
  readonly now: () => Date;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
  /** Repairs what a clock set back would hold up. */
  readonly repair: (now: Date) => Promise<Setback>;
  readonly onJump: (jump: { readonly seconds: number; readonly repaired: Setback | null }) => void;
  readonly onError: (error: unknown) => void;
  readonly everyMs?: number;
}

/** Clocks are slewed by less; a process that was frozen keeps both its clocks together. */
const JUMP_MS = 5_000;

/** Watches for a system clock that is set while the service runs. An owned resource: stop it. */
export function startClockWatch(options: ClockWatchOptions): { stop(): Promise<void> } {
  const { now, monotonic, repair, onJump, onError, everyMs = 1_000 } = options;
  const offset = (): number => now().getTime() - monotonic();
  let known = offset();
  const look = async (): Promise<void> => {
    const jumpMs = offset() - known;
    if (Math.abs(jumpMs) < JUMP_MS) return;
    const repaired = jumpMs < 0 ? await repair(now()) : null;
    // Only now: a repair that failed is tried again at the next look.
    known += jumpMs;
    onJump({ seconds: Math.round(jumpMs / 1000), repaired });
  };
  return startDuty(look, { everyMs, firstAfterMs: everyMs, onError });
}

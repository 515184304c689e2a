import { RENEWALS_A_LEASE } from "./renewed-lease.ts";

/** Pieces of work under way, each with the lease of the row that it is for. An owned resource: close it. */
export interface UnderWay {
  size(): number;
  /** @param work never rejects. @param done is called when it is over and no longer counts. */
  add(id: string, work: Promise<void>, done: () => void): void;
  oneDone(): Promise<void>;
  allDone(): Promise<void>;
  /** Renews no more. */
  close(): void;
}

export interface UnderWayOptions {
  readonly leaseMs: number;
  readonly renew: (ids: readonly string[]) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Renews the leases of work that lasts, all together: so a lease may be shorter than the work it is for. */
export function openUnderWay({ leaseMs, renew, onError }: UnderWayOptions): UnderWay {
  const ids = new Map<Promise<void>, string>();
  /** Only what was under way at the renewal before: most work is at its end long before. */
  let lasting: readonly Promise<void>[] = [];
  const renewing = setInterval(() => {
    const held = lasting.flatMap((work) => ids.get(work) ?? []);
    lasting = [...ids.keys()];
    if (held.length > 0) renew(held).catch(onError);
  }, leaseMs / RENEWALS_A_LEASE);
  return {
    size: () => ids.size,
    add: (id, work, done) => {
      const counted: Promise<void> = work.finally(() => {
        ids.delete(counted);
        done();
      });
      ids.set(counted, id);
    },
    oneDone: () => Promise.race(ids.keys()),
    allDone: async () => void (await Promise.all(ids.keys())),
    close: () => clearInterval(renewing),
  };
}

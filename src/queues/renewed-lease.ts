/** Several renewals fit into a lease, so that one that fails loses nothing. */
export const RENEWALS_A_LEASE = 4;

/**
 * Does work that holds a lease, and renews it for as long as the work lasts: so a lease may be shorter than the work, and
 * what a dead worker held is soon free. A renewal that fails is not told: the ledger that failed is told by what the work
 * records at its end.
 */
export async function whileRenewed<T>(
  { leaseMs, renew }: { readonly leaseMs: number; readonly renew: () => Promise<void> },
  work: () => Promise<T>,
): Promise<T> {
  const renewing = setInterval(() => void renew().catch(() => {}), leaseMs / RENEWALS_A_LEASE);
  try {
    return await work();
  } finally {
    clearInterval(renewing);
  }
}

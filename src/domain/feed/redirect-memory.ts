/** A permanent redirect that polls of a feed met, and how many in a row. */
export interface RedirectSeen {
  readonly to: string | null;
  readonly times: number;
}

/** So many polls in a row must be sent to the same place: a publisher's slip is corrected sooner. */
const BELIEVED_AFTER = 3;

/**
 * Counts a poll's permanent redirect (301, 308); a temporary one counts as none.
 * @param target where the permanent redirects of this poll led, null where there were none.
 * @param from where the feed is fetched now.
 * @returns the memory to keep, and the address to fetch from now on, once it is believed.
 */
export function rememberRedirect(
  seen: RedirectSeen,
  { target, from }: { target: string | null; from: string },
): { seen: RedirectSeen; movedTo: string | null } {
  if (target === null || target === from || losesEncryption(from, target))
    return { seen: { to: null, times: 0 }, movedTo: null };
  const times = seen.to === target ? seen.times + 1 : 1;
  if (times < BELIEVED_AFTER) return { seen: { to: target, times }, movedTo: null };
  return { seen: { to: null, times: 0 }, movedTo: target };
}

/** What came over TLS is not fetched in the clear for good: whoever sits on the line could have sent us there. */
function losesEncryption(from: string, to: string): boolean {
  return from.startsWith("https:") && !to.startsWith("https:");
}

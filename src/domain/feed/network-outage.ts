/** How the hosts answered that were asked of late. */
export interface HostsAsked {
  readonly asked: number;
  /** Those of them whose last request failed on the way: no name, no connection, no answer. */
  readonly unreachable: number;
}

/** Fewer may well fail together by chance. */
const LEAST_UNREACHABLE = 3;
const MOST = 0.5;

/** How long an answer speaks for our network, in ms. */
export const OUTAGE_WINDOW_MS = 5 * 60_000;

/** Whether it is our own network that is out: most hosts cannot be reached at once. Then no feed is to blame. */
export function isOutage({ asked, unreachable }: HostsAsked): boolean {
  return unreachable >= LEAST_UNREACHABLE && unreachable > asked * MOST;
}

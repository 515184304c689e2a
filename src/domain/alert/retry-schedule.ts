/**
 * Seconds between the tries of a delivery: ten tries over 75.6 hours. The steps follow the Standard Webhooks
 * specification's example schedule (standardwebhooks.com, "Deliverability and reliability").
 */
const STEPS = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600] as const;

export const MOST_TRIES = STEPS.length + 1;
const JITTER = 0.2;
const LONGEST_WISH_MS = 24 * 3600 * 1000;

/**
 * Milliseconds until the next try, or null when all tries are used up.
 *
 * @param tries tries made so far, the one that just failed included
 * @param random a number from 0 to 1, for ±20 % jitter
 * @param retryAfterMs what the endpoint asked for; honoured up to 24 hours, never to come sooner
 */
export function retryDelay(tries: number, random: number, retryAfterMs = 0): number | null {
  const step = STEPS[tries - 1];
  if (step === undefined) return null;
  const jittered = step * 1000 * (1 - JITTER + 2 * JITTER * random);
  return Math.round(Math.max(jittered, Math.min(retryAfterMs, LONGEST_WISH_MS)));
}

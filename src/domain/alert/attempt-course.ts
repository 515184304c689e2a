import { retryDelay } from "./retry-schedule.ts";

/** What one attempt brought. */
export interface AttemptAnswer {
  readonly delivered: boolean;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** What the endpoint asked for with Retry-After. */
  readonly retryAfterMs?: number | undefined;
  /** The endpoint sent `webhook-delivery: disable`. */
  readonly asksToStop: boolean;
}

/** What follows from an attempt for its delivery; times in milliseconds from now. */
export interface AttemptCourse {
  readonly outcome: "delivered" | "failed" | "dead";
  readonly nextAttemptInMs: number | null;
  /** How long nothing should be sent to the endpoint: the next deliveries would fail alike. */
  readonly holdMs: number | null;
}

const SHORTEST_HOLD_MS = 1_000;
const LONGEST_HOLD_MS = 5 * 60_000;
/** Statuses with which an endpoint speaks of itself, not of one request (RFC 6585, RFC 9110). */
const OVERLOADED = new Set([429, 503]);
/** Endpoints that fail for so long are disabled. */
export const GIVE_UP_AFTER_MS = 5 * 24 * 3600 * 1000;

/**
 * Decides what follows from an attempt.
 *
 * @param tries tries made before this one since the delivery was last sent anew
 * @param failingForMs how long the endpoint has failed without a success between
 * @param random a number from 0 to 1, for the jitter
 */
export function courseOf(
  answer: AttemptAnswer,
  { tries, failingForMs, random }: { tries: number; failingForMs: number; random: number },
): AttemptCourse {
  if (answer.delivered) return { outcome: "delivered", nextAttemptInMs: null, holdMs: null };
  const holdMs = holdOf(answer, failingForMs);
  const delay = retryDelay(tries + 1, random, answer.retryAfterMs);
  if (delay === null) return { outcome: "dead", nextAttemptInMs: null, holdMs };
  return { outcome: "failed", nextAttemptInMs: delay, holdMs };
}

function holdOf({ status, retryAfterMs }: AttemptAnswer, failingForMs: number): number | null {
  if (status === null) return Math.min(Math.max(failingForMs / 4, SHORTEST_HOLD_MS), LONGEST_HOLD_MS);
  if (OVERLOADED.has(status) && retryAfterMs !== undefined) return retryAfterMs;
  return null;
}

/** Why nothing more should be sent to the endpoint; null when there is no reason. */
export function endReason(answer: AttemptAnswer, failingForMs: number): string | null {
  if (answer.status === 410) return "the endpoint answered 410 Gone";
  if (answer.asksToStop) return "the endpoint asked for it with webhook-delivery: disable";
  if (!answer.delivered && failingForMs >= GIVE_UP_AFTER_MS) return "every attempt failed for 5 days";
  return null;
}

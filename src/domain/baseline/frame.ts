import type { SeverityRules } from "../alert/severity.ts";
import type { Baseline, BaselineEvent, Days } from "./baseline.ts";
import type { ChangeRules } from "./change-rules.ts";

/** What observations are held against: the story's baseline and window, and the rules of change and severity. */
export interface Frame {
  readonly story: string;
  readonly baseline: Baseline;
  /** Happenings in it may raise alerts. */
  readonly window: Days;
  readonly changes: ChangeRules;
  readonly severity: SeverityRules;
}

/** What is told of one subject, whatever its kind. */
export interface SubjectFrame extends Frame {
  readonly subject: string;
  readonly event: BaselineEvent | null;
  /** The baseline event's id, or "new". */
  readonly eventId: string;
}

const DAY = 86_400_000;
export const HOUR = 3_600_000;

/** Before this moment (milliseconds) everything is older than the baseline. */
export function baselineMoment(frame: Frame): number {
  return Date.parse(frame.baseline.article.published);
}

/** Whether a publication may still speak of the story's window: a day of grace after it for the reports of its last day. */
export function inWindow(published: string, window: Days): boolean {
  const moment = Date.parse(published);
  return moment >= Date.parse(window.from) - DAY && moment < Date.parse(window.to) + 2 * DAY;
}

import { DOCUMENT_REASONS } from "./document-reasons.ts";
import { DRAFT_REASONS } from "./draft-reasons.ts";
import { LIBRARY_REASONS } from "./library-reasons.ts";
import { REFUSAL_REASONS } from "./refusal-reasons.ts";
import { REQUEST_REASONS } from "./request-reasons.ts";

/**
 * Every sentence that says why something did not work or is to be looked at, under a code that stays when its wording changes. In braces stands
 * what differs from one time to the next; `reason` is itself one of these sentences.
 */
export const REASONS = {
  ...REQUEST_REASONS,
  ...DOCUMENT_REASONS,
  ...REFUSAL_REASONS,
  ...DRAFT_REASONS,
  ...LIBRARY_REASONS,
};

export type ReasonCode = keyof typeof REASONS;

/** A reason as a program takes it: what it is, and what stands in the places of its sentence. */
export interface CodedReason {
  readonly code: ReasonCode;
  readonly parameters: Readonly<Record<string, string>>;
  /** What the sentence gives as its own reason, where that is known too. */
  readonly cause?: CodedReason;
}

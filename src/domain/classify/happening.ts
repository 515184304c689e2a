import type { FieldName } from "../language/reading.ts";

/** When something happened, relative to the story's window; `unknown` when the text does not say. */
export interface HappeningTime {
  readonly scope: "before" | "window" | "after" | "unknown";
  /** ISO dates, both inclusive, as far as the text says. */
  readonly from: string | null;
  readonly to: string | null;
  /** The words that decided, for the trace. */
  readonly because: string;
}

/** The date gate: asked for a range of tokens, answers when the happening there took place. */
export type Happening = (field: FieldName, first: number, last: number) => HappeningTime;

import type { Telemetry } from "bullmq";

/** What a span says besides its name and times: ids, counts and outcomes; never a text, a URL or a secret. */
export type SpanAttributes = Readonly<Record<`rasid.${string}`, string | number | boolean>>;

export interface SpanBegin {
  readonly attributes: SpanAttributes;
  /** Begins a trace. */
  readonly root?: boolean;
  /** What is worked on in one piece and was carried here: the span belongs to the first one's trace and links to the others'. */
  readonly of?: { readonly stage: string; readonly ids: readonly string[] };
}

/** An attempt to deliver that is over. */
export interface TracedAttempt {
  readonly delivery: string;
  readonly endedAt: Date;
  readonly durationMs: number;
  readonly failed: boolean;
  readonly attributes: SpanAttributes;
}

/** Spans of what a process does. An owned resource: close it, so that the last spans are sent. */
export interface Tracing {
  /** What hands a trace on from job to job; null when nothing is traced. */
  readonly telemetry: Telemetry | null;
  /** Runs the work in a span. `add` adds to what the span says. An error is noted by its name and thrown on. */
  span<T>(name: string, work: (add: (more: SpanAttributes) => void) => Promise<T>, begin: SpanBegin): Promise<T>;
  /** Adds to what the span says in which this is called; says nothing outside of any. */
  note(more: SpanAttributes): void;
  /** Remembers the trace under which rows were handed to a stage of this process: it works on those of several at once. */
  carry(stage: string, ids: readonly string[]): void;
  /** Enters an attempt into the trace of its delivery, or, where none is remembered, into one of its own. */
  attempted(attempt: TracedAttempt): void;
  close(): Promise<void>;
}

/** Traces nothing, at no cost. */
export const NO_TRACING: Tracing = {
  telemetry: null,
  span: (_name, work) => work(() => {}),
  note: () => {},
  carry: () => {},
  attempted: () => {},
  close: async () => {},
};

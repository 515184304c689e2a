import type { BaselineDraft, DraftEvent } from "../../../domain/baseline/draft.ts";
import type { DraftClaim } from "../../../domain/baseline/draft-claims.ts";

/** A part of a draft, or of the file before, that the analyst decides on. */
export interface Unit {
  /** As `events.0.claims.1`. */
  readonly key: string;
  readonly kind: "article" | "event" | "claim" | "discrepancy" | "background" | "kept";
  /** The event that it belongs to, of events and claims. */
  readonly event: number | null;
  /** Its place in the article, of claims. */
  readonly span: { readonly field: "title" | "text"; readonly start: number; readonly end: number } | null;
}

export type Decision = "accepted" | "dropped";
export type Decisions = Readonly<Record<string, Decision>>;

/** The file before, as far as it is looked into. */
export interface PresentBaseline {
  readonly events?: readonly { readonly id: string; readonly gloss?: Readonly<Record<string, string>> }[];
  readonly discrepancies?: readonly object[];
  readonly background?: readonly object[];
}

/** Events of the file before that the draft does not have: they would be lost without a word. */
export function keptEvents(draft: BaselineDraft, present: PresentBaseline | null) {
  const drawn = new Set(draft.events.map(({ id }) => id));
  return (present?.events ?? []).filter(({ id }) => !drawn.has(id));
}

/** Everything that is to be decided, in the order in which it is shown. */
export function unitsOf(draft: BaselineDraft, present: PresentBaseline | null): Unit[] {
  const plain = (key: string, kind: Unit["kind"]): Unit => ({ key, kind, event: null, span: null });
  return [
    plain("article", "article"),
    ...draft.events.flatMap((event, at): Unit[] => [
      { key: `events.${at}`, kind: "event", event: at, span: null },
      ...event.claims.map(
        ({ field, start, end }, index): Unit => ({
          key: `events.${at}.claims.${index}`,
          kind: "claim",
          event: at,
          span: { field, start, end },
        }),
      ),
    ]),
    ...draft.discrepancies.map((_, at) => plain(`discrepancies.${at}`, "discrepancy")),
    ...draft.background.map((_, at) => plain(`background.${at}`, "background")),
    ...keptEvents(draft, present).map(({ id }) => plain(`kept.${id}`, "kept")),
    ...((present?.discrepancies?.length ?? 0) > 0 ? [plain("kept:discrepancies", "kept")] : []),
    ...((present?.background?.length ?? 0) > 0 ? [plain("kept:background", "kept")] : []),
  ];
}

/** Whether a unit still waits: a claim of an event that was dropped went with it. */
export function isOpen(unit: Unit, decisions: Decisions): boolean {
  if (decisions[unit.key] !== undefined) return false;
  return !(unit.kind === "claim" && decisions[`events.${unit.event}`] === "dropped");
}

export interface ResultOptions {
  readonly draft: BaselineDraft;
  readonly decisions: Decisions;
  readonly present: PresentBaseline | null;
  /** Whether claims keep the words that carry them. */
  readonly keepQuotes: boolean;
}

/**
 * The baseline that the decisions make: what was dropped is gone, and so are the marks of review of what was accepted.
 * What nobody decided on keeps its mark, so that it cannot be saved.
 */
export function resultOf({ draft, decisions, present, keepQuotes }: ResultOptions): object {
  const drawn = draft.events.flatMap((event, at) =>
    decisions[`events.${at}`] === "dropped" ? [] : [eventOf(event, at, decisions, keepQuotes)],
  );
  const kept = keptEvents(draft, present).filter(({ id }) => decisions[`kept.${id}`] === "accepted");
  const places = (present?.events ?? []).map(({ id }) => id);
  const place = ({ id }: { readonly id: string }) => (places.includes(id) ? places.indexOf(id) : places.length);
  const events = [...drawn, ...kept].sort((a, b) => place(a) - place(b));
  const ids = new Set(events.map(({ id }) => id));
  const before = (part: "discrepancies" | "background") =>
    decisions[`kept:${part}`] === "accepted" ? (present?.[part] ?? []) : [];
  const discrepancies = draft.discrepancies.flatMap((one, at) => {
    const named = one.events.filter((id) => ids.has(id));
    if (decisions[`discrepancies.${at}`] === "dropped" || named.length === 0) return [];
    return [reviewed({ ...one, events: named }, decisions[`discrepancies.${at}`])];
  });
  const background = draft.background.flatMap((one, at) =>
    decisions[`background.${at}`] === "dropped" ? [] : [reviewed(one, decisions[`background.${at}`])],
  );
  return {
    article: reviewed(draft.article, decisions.article),
    events,
    ...partOf("discrepancies", [...before("discrepancies"), ...discrepancies]),
    ...partOf("background", [...before("background"), ...background]),
  };
}

function partOf(name: string, rows: readonly object[]): object {
  return rows.length === 0 ? {} : { [name]: rows };
}

function eventOf(event: DraftEvent, at: number, decisions: Decisions, keepQuotes: boolean) {
  const claims = event.claims.flatMap((claim, index) => {
    const decision = decisions[`events.${at}.claims.${index}`];
    return decision === "dropped" ? [] : [claimOf(reviewed(claim, decision), keepQuotes)];
  });
  const { review, ...rest } = event;
  return { ...rest, ...(decisions[`events.${at}`] === "accepted" ? {} : { review }), claims };
}

function claimOf(claim: Partial<DraftClaim>, keepQuotes: boolean): object {
  if (keepQuotes) return claim;
  const { quote: _quote, field: _field, start: _start, end: _end, ...rest } = claim;
  return rest;
}

function reviewed<T extends { readonly review: string }>(unit: T, decision: Decision | undefined): Partial<T> {
  if (decision !== "accepted") return unit;
  const { review: _review, ...rest } = unit;
  return rest as unknown as Partial<T>;
}

/** The comment at the head of the new file: what stands above the file before stays, and says where this one is from. */
export function headOf(before: string | null, note: string): string {
  const lines = (before ?? "").split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#"));
  const head = lines.slice(0, end === -1 ? lines.length : end).map((line) => line.replace(/^# ?/, ""));
  return [...head.filter((line) => line !== note), note].join("\n").trim();
}

/** A copy of a value with another one at a path (`events.0.claims.1.figure.value`); undefined takes it away. */
export function withAt<T>(value: T, path: string, changed: unknown): T {
  const [head = "", ...rest] = path.split(".");
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...(value as object) };
  const held = copy as Record<string, unknown>;
  if (rest.length > 0) held[head] = withAt(held[head] ?? {}, rest.join("."), changed);
  else if (changed === undefined) delete held[head];
  else held[head] = changed;
  return copy as T;
}

/** What stands at a path; undefined where nothing does. */
export function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((held, part) => (held as Record<string, unknown> | undefined)?.[part], value);
}

import type { BaselineDraft } from "../../../domain/baseline/draft.ts";
import { MEASURES } from "../../../domain/claims/claim.ts";
import type { Unit } from "./draft-review.ts";

/** A field of a unit that can be corrected. */
export interface UnitField {
  /** Below the unit: `figure.value`. */
  readonly path: string;
  readonly label: string;
  readonly type: "text" | "number" | "date" | "choice" | "check" | "long";
  /** Of `choice`: what may be chosen; of `text`: what is proposed. */
  readonly options?: readonly string[];
  readonly optional?: boolean;
}

const PARTIES = ["armenia", "azerbaijan", "both", "other"];
const QUALIFIERS = ["exact", "at_least", "more_than", "about", "nearly", "vague"];

/** What the fields may name. */
export interface Names {
  readonly speakers: readonly { readonly id: string }[];
  readonly sides: readonly string[];
  readonly positions: readonly { readonly position: string }[];
}

/** The fields of a unit, named as the file names them. */
export function fieldsOf(unit: Unit, draft: BaselineDraft, names: Names): UnitField[] {
  switch (unit.kind) {
    case "article":
      return [
        { path: "source", label: "source", type: "text" },
        { path: "lang", label: "lang", type: "text" },
        { path: "published", label: "published", type: "text" },
        { path: "note", label: "note", type: "text", optional: true },
      ];
    case "event":
      return eventFields(draft, unit.event ?? 0);
    case "claim":
      return claimFields(draft, unit, names);
    case "discrepancy":
      return [{ path: "note", label: "note", type: "long" }];
    case "background":
      return [
        { path: "gloss", label: "gloss", type: "long" },
        { path: "from", label: "from", type: "number", optional: true },
        { path: "to", label: "to", type: "number", optional: true },
      ];
    default:
      return [];
  }
}

function eventFields(draft: BaselineDraft, at: number): UnitField[] {
  const match = draft.events[at]?.match;
  return [
    { path: "id", label: "id", type: "text" },
    { path: "gloss.en", label: "gloss.en", type: "long" },
    { path: "gloss.ar", label: "gloss.ar", type: "long", optional: true },
    ...(match === undefined
      ? []
      : ([
          { path: "match.base", label: "match.base", type: "text" },
          { path: "match.windows.0.from", label: "match.windows.from", type: "date" },
          { path: "match.windows.0.to", label: "match.windows.to", type: "date" },
        ] as const)),
  ];
}

function claimFields(draft: BaselineDraft, unit: Unit, names: Names): UnitField[] {
  const index = Number(unit.key.split(".").at(-1));
  const claim = draft.events[unit.event ?? 0]?.claims[index];
  const shared: UnitField[] = [
    { path: "speaker", label: "speaker", type: "text", options: ["-", ...names.speakers.map(({ id }) => id)] },
    { path: "side", label: "side", type: "choice", options: ["-", "media", ...names.sides] },
    { path: "asOf", label: "asOf", type: "date" },
  ];
  const positions = [...new Set(names.positions.map(({ position }) => position))].sort();
  if (claim?.figure === undefined)
    return [...shared, { path: "position", label: "position", type: "choice", options: positions }];
  return [
    ...shared,
    { path: "figure.value", label: "value", type: "number", optional: true },
    { path: "figure.qualifier", label: "qualifier", type: "choice", options: QUALIFIERS },
    { path: "figure.low", label: "low", type: "number", optional: true },
    { path: "figure.high", label: "high", type: "number", optional: true },
    { path: "figure.measure", label: "measure", type: "choice", options: MEASURES },
    { path: "figure.party", label: "party", type: "choice", options: PARTIES },
    { path: "figure.civilian", label: "civilian", type: "check" },
  ];
}

import type { Figure } from "../claims/claim.ts";
import type { BaselineEvent, Days, FigureMatch } from "./baseline.ts";

/** What an event of `baseline.yaml` says besides its claims. */
export interface EventRules {
  readonly kind: BaselineEvent["kind"];
  readonly gloss: Readonly<Record<string, string>>;
  readonly match?: Omit<FigureMatch, "undated" | "incidents"> & {
    readonly undated?: Days;
    readonly incidents?: NonNullable<FigureMatch["incidents"]>;
  };
  readonly stages?: readonly string[];
  readonly variants?: readonly number[];
  readonly keyedBy?: BaselineEvent["keyedBy"];
  readonly voices?: readonly string[];
  readonly silence?: readonly string[];
  readonly named?: readonly string[];
  readonly order?: readonly (readonly string[])[];
  readonly same?: readonly (readonly string[])[];
  readonly over?: string;
}

/** Stands for the happening whose consequences a figure counts, until the analyst names it. */
const UNNAMED_BASE = "unnamed";

/** The rules of an event that the story already has, as its file gives them. */
export function rulesOf(event: BaselineEvent): EventRules {
  const { kind, gloss, match, stages, variants, keyedBy, voices, silence, named, rank, sameAsPosition, over } = event;
  return {
    kind,
    gloss,
    ...(match ? { match: matchOf(match) } : {}),
    ...(stages.length > 0 ? { stages } : {}),
    ...(variants.length > 0 ? { variants } : {}),
    ...(keyedBy === "side" ? {} : { keyedBy }),
    ...(voices ? { voices } : {}),
    ...(silence.length > 0 ? { silence } : {}),
    ...(named.length > 0 ? { named } : {}),
    ...(rank.size > 0 ? { order: orderOf(rank) } : {}),
    ...(sameAsPosition.size > 0 ? { same: sameOf(sameAsPosition) } : {}),
    ...(over === null ? {} : { over }),
  };
}

/** The rules of an event that the story does not have yet. */
export function emptyRules(gloss: string, figure: Figure | null, window: Days): EventRules {
  if (figure === null) return { kind: "statement", gloss: { en: gloss } };
  const { measure, party, civilian } = figure;
  const windows = [{ from: window.from, to: window.to }];
  return { kind: "figure", gloss: { en: gloss }, match: { measure, party, civilian, windows, base: UNNAMED_BASE } };
}

function matchOf({ undated, incidents, ...rest }: FigureMatch): NonNullable<EventRules["match"]> {
  return { ...rest, ...(undated ? { undated } : {}), ...(incidents ? { incidents } : {}) };
}

function orderOf(rank: ReadonlyMap<string, number>): string[][] {
  const places = [...new Set(rank.values())].sort((a, b) => a - b);
  return places.map((place) => [...rank].flatMap(([position, at]) => (at === place ? [position] : [])));
}

function sameOf(pairs: ReadonlyMap<string, string>): string[][] {
  const groups = new Map<string, string[]>();
  for (const [position, first] of pairs) groups.set(first, [...(groups.get(first) ?? [first]), position]);
  return [...groups.values()];
}

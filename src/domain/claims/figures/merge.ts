import type { Figure, Span } from "../claim.ts";

/** How far a rounded value may lie from the exact one of the same item: 50 for 49, 100 for 99; 100 beside 105 contradicts. */
const ROUNDING = 0.025;

/** One figure per measure, party and value: the body's wording leads, other mentions become further spans. */
export function mergeFigures(figures: readonly Figure[]): Figure[] {
  const groups = new Map<string, Figure[]>();
  for (const figure of figures) {
    const key = [figure.measure, figure.party, figure.value ?? `${figure.low ?? "?"}-${figure.high ?? "?"}`].join("|");
    groups.set(key, [...(groups.get(key) ?? []), figure]);
  }
  return markRoundings([...groups.values()].map(mergeGroup));
}

function mergeGroup(group: readonly Figure[]): Figure {
  const lead =
    group.find((figure) => figure.field === "text" && figure.role === "current") ??
    group.find((figure) => figure.field === "text") ??
    group[0]!;
  const spans = group.filter((figure) => figure !== lead).map(spanOf);
  return spans.length === 0 ? lead : { ...lead, spans };
}

function spanOf({ quote, field, start, end }: Figure): Span {
  return { quote, field, start, end };
}

/** A round number beside a close exact one of the same measure and party is a rounding that the text does not mark. */
function markRoundings(figures: readonly Figure[]): Figure[] {
  return figures.map((figure) => {
    const { value } = figure;
    if (value === null || value < 20 || value % 10 !== 0 || figure.qualifier !== "exact") return figure;
    const exact = figures.some(
      (other) =>
        other !== figure &&
        other.measure === figure.measure &&
        other.party === figure.party &&
        other.value !== null &&
        other.value % 10 !== 0 &&
        Math.abs(other.value - value) <= value * ROUNDING,
    );
    return exact ? { ...figure, qualifier: "about" } : figure;
  });
}

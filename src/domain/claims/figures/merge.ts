import type { Figure, Qualifier, Span } from "../claim.ts";

/** How far a rounded value may lie from the exact one of the same item: 50 for 49, 100 for 99; 100 beside 105 contradicts. */
const ROUNDING = 0.025;
/** How far a marked one ("more than 200" for 207) may. */
const MARKED_ROUNDING = 0.04;

/** One figure per measure, party and value: the body's wording leads, other mentions become further spans. */
export function mergeFigures(figures: readonly Figure[]): Figure[] {
  const groups = new Map<string, Figure[]>();
  for (const figure of figures) {
    const key = [figure.measure, figure.party, figure.value ?? `${figure.low ?? "?"}-${figure.high ?? "?"}`].join("|");
    const group = groups.get(key);
    if (group) group.push(figure);
    else groups.set(key, [figure]);
  }
  return foldRoundings(markRoundings([...groups.values()].map(mergeGroup)));
}

/** A marked rounding ("over 300") of a value that the item gives exactly is a mention of that one. */
function foldRoundings(figures: readonly Figure[]): Figure[] {
  const exactOf = (figure: Figure): Figure | undefined =>
    ROUNDED.has(figure.qualifier) && !figure.spans
      ? figures.find(
          (other) => other.field === "text" && isClose(figure, other, MARKED_ROUNDING) && isWithin(figure, other),
        )
      : undefined;
  const folded = new Map<Figure, Figure[]>();
  for (const figure of figures) {
    const exact = exactOf(figure);
    if (exact) folded.set(exact, [...(folded.get(exact) ?? []), figure]);
  }
  const gone = new Set([...folded.values()].flat());
  return figures
    .filter((figure) => !gone.has(figure))
    .map((figure) => ({ ...figure, ...withSpans(figure, folded.get(figure) ?? []) }));
}

const ROUNDED: ReadonlySet<Qualifier> = new Set(["more_than", "nearly"]);

function withSpans(figure: Figure, more: readonly Figure[]): Pick<Figure, "spans"> {
  const spans = [...(figure.spans ?? []), ...more.map(spanOf)];
  return spans.length === 0 ? {} : { spans };
}

function isWithin({ qualifier, value }: Figure, exact: Figure): boolean {
  return qualifier === "more_than" ? exact.value! >= value! : exact.value! <= value!;
}

function isClose(figure: Figure, other: Figure, tolerance = ROUNDING): boolean {
  if (figure.value === null || other.value === null || figure.value === other.value) return false;
  if (figure.measure !== other.measure || figure.party !== other.party) return false;
  return Math.abs(other.value - figure.value) <= figure.value * tolerance;
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
    const { value, qualifier } = figure;
    if (value === null || value < 20 || value % 10 !== 0 || qualifier !== "exact") return figure;
    const exact = figures.some((other) => isClose(figure, other) && other.value! % 10 !== 0);
    return exact ? { ...figure, qualifier: "about" } : figure;
  });
}

import type { TraceShown } from "../../../api/trace-shown.ts";
import { directionOf } from "../quote.tsx";

export type MarkKind = "figure" | "statement" | "number";

/** A marked stretch of a field; `href` leads to what is said of it. */
export interface Mark {
  readonly kind: MarkKind;
  readonly start: number;
  readonly end: number;
  readonly title: string;
  readonly href?: string;
}

/** Every claim and number of a trace, by the field in which it stands. */
export function marksOf(
  trace: TraceShown,
  titles: { readonly claim: (index: number) => string; readonly number: (index: number) => string },
) {
  const marks: Record<"title" | "text", Mark[]> = { title: [], text: [] };
  for (const [index, { claim }] of trace.claims.entries()) {
    const places = [claim, ...(claim.kind === "figure" ? claim.spans : [])];
    for (const { field, start, end } of places)
      marks[field].push({ kind: claim.kind, start, end, title: titles.claim(index), href: `#claim-${index + 1}` });
  }
  for (const [index, { field, start, end }] of trace.numbers.entries())
    marks[field].push({ kind: "number", start, end, title: titles.number(index) });
  return marks;
}

const ORDER: readonly MarkKind[] = ["figure", "statement", "number"];

interface MarkedFieldProps {
  readonly text: string;
  readonly lang: string | null;
  readonly marks: readonly Mark[];
  readonly as?: "p" | "h2";
}

/** A text in its own language and direction with everything marked that was read in it. What overlaps is shown once: figures first. */
export function MarkedField({ text, lang, marks, as: Element = "p" }: MarkedFieldProps) {
  return (
    <Element class="marked-text" lang={lang ?? undefined} dir={directionOf(lang)}>
      {piecesOf(text, marks).map(({ from, to, mark }) => {
        const piece = text.slice(from, to);
        if (mark === null) return piece;
        if (mark.href === undefined)
          return (
            <span key={from} class={`mark-${mark.kind}`} title={mark.title}>
              {piece}
            </span>
          );
        return (
          <a key={from} href={mark.href} class={`mark-${mark.kind}`} title={mark.title}>
            {piece}
          </a>
        );
      })}
    </Element>
  );
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly mark: Mark | null;
}

function piecesOf(text: string, marks: readonly Mark[]): Piece[] {
  const edges = [...new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])])]
    .filter((edge) => edge >= 0 && edge <= text.length)
    .sort((a, b) => a - b);
  const pieces: Piece[] = [];
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1];
    if (to === undefined) break;
    const over = marks.filter(({ start, end }) => start <= from && end >= to);
    const mark = over.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))[0] ?? null;
    const last = pieces.at(-1);
    if (last !== undefined && last.mark === mark) pieces[pieces.length - 1] = { ...last, to };
    else pieces.push({ from, to, mark });
  }
  return pieces;
}

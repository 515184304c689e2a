import { Fragment } from "preact";
import { directionOf } from "../../parts/quote.tsx";

/** A claim's place in a field, in UTF-16 units. */
export interface ClaimSpan {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  /** What it says: read aloud with the link. */
  readonly label: string;
  /** Its evidence; null for the claim that the page is about. */
  readonly href: string | null;
}

interface Piece {
  readonly at: number;
  readonly text: string;
  readonly span: ClaimSpan | null;
}

/** The text cut at its spans; where spans overlap, the page's own claim wins, then the one that begins first. */
function piecesOf(text: string, spans: readonly ClaimSpan[]): Piece[] {
  const own = spans.filter(({ href }) => href === null);
  const others = spans.filter(
    ({ href, start, end }) => href !== null && !own.some((one) => start < one.end && end > one.start),
  );
  const pieces: Piece[] = [];
  let at = 0;
  for (const span of [...own, ...others].sort((a, b) => a.start - b.start)) {
    if (span.start < at || span.end > text.length) continue;
    if (span.start > at) pieces.push({ at, text: text.slice(at, span.start), span: null });
    pieces.push({ at: span.start, text: text.slice(span.start, span.end), span });
    at = span.end;
  }
  if (at < text.length) pieces.push({ at, text: text.slice(at), span: null });
  return pieces;
}

interface MarkedTextProps {
  readonly text: string;
  readonly lang: string | null;
  readonly spans: readonly ClaimSpan[];
  readonly class: string;
}

/** A text in its own language and direction: the claim marked, the other claims underlined and linked to their evidence. */
export function MarkedText({ text, lang, spans, class: looks }: MarkedTextProps) {
  return (
    <div class={looks} dir={directionOf(lang)} {...(lang && lang !== "und" ? { lang } : {})}>
      {piecesOf(text, spans).map(({ at, text: words, span }) => (
        <Fragment key={at}>
          {span === null ? (
            words
          ) : span.href === null ? (
            <mark>{words}</mark>
          ) : (
            <a class="other-claim" href={span.href} title={span.label}>
              {words}
            </a>
          )}
        </Fragment>
      ))}
    </div>
  );
}

/** The paragraph around a span, with where it begins. */
export function paragraphAround(
  text: string,
  { start, end }: { start: number; end: number },
): { text: string; from: number } {
  const from = text.lastIndexOf("\n", Math.max(0, start - 1)) + 1;
  const next = text.indexOf("\n", end);
  return { text: text.slice(from, next === -1 ? undefined : next), from };
}

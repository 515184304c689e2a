const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur", "ps", "ckb", "sd", "ug", "yi"]);

/** The direction of a text's language; `auto` where it is not known. */
export function directionOf(lang: string | null | undefined): "ltr" | "rtl" | "auto" {
  if (lang === null || lang === undefined || lang === "" || lang === "und") return "auto";
  return RIGHT_TO_LEFT.has(lang.slice(0, lang.indexOf("-") === -1 ? undefined : lang.indexOf("-"))) ? "rtl" : "ltr";
}

/** A marked stretch of a text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface QuoteProps {
  readonly text: string;
  readonly lang?: string | null;
  readonly spans?: readonly Span[];
  /** `block`: a quotation with a rule beside it; `inline`: within a line. */
  readonly as?: "block" | "inline";
}

/** Someone's exact words in their own language and direction, with the spans marked. */
export function Quote({ text, lang, spans = [], as = "block" }: QuoteProps) {
  const attributes = { dir: directionOf(lang), ...(lang && lang !== "und" ? { lang } : {}) };
  if (as === "inline")
    return (
      <q class="quote-inline" {...attributes}>
        <Marked text={text} spans={spans} />
      </q>
    );
  return (
    <blockquote class="quote" {...attributes}>
      <Marked text={text} spans={spans} />
    </blockquote>
  );
}

/** A text with its spans marked; spans that overlap are marked once. */
export function Marked({ text, spans }: { text: string; spans: readonly Span[] }) {
  const parts: { text: string; marked: boolean; at: number }[] = [];
  let at = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const from = Math.max(start, at);
    if (end <= from) continue;
    if (from > at) parts.push({ text: text.slice(at, from), marked: false, at });
    parts.push({ text: text.slice(from, end), marked: true, at: from });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false, at });
  return <>{parts.map((part) => (part.marked ? <mark key={part.at}>{part.text}</mark> : part.text))}</>;
}

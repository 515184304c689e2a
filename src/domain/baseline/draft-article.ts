/** A run of characters of a text, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** An article as a baseline is drawn from it. */
export interface Article {
  readonly title: string;
  /** Captions of pictures first, then the body; paragraphs apart by an empty line. */
  readonly text: string;
  readonly captions: readonly Range[];
  /** ISO 8601 where the document says when it appeared. */
  readonly published: string | null;
  /** The language that the document claims. */
  readonly lang: string | null;
}

/** How many paragraphs before the body may be captions. */
const CAPTIONS_AT_MOST = 4;
/** A caption ends with its credit, «(Reuters)», where a paragraph of the body ends with a full stop. */
const ENDS_WITH_CREDIT = /[([（][^()[\]（）\n]{1,60}[)\]）]\s*$/;
const ENDS_AS_SENTENCE = /[.!?…؟۔։:،。]["'»”)\]]*\s*$/;

/** Reads plain text: the first line that is not empty is the title, the rest the text. */
export function articleOfText(source: string): Article {
  const lines = source.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const [first = ""] = /\S.*/.exec(lines) ?? [];
  const rest = lines.slice(lines.indexOf(first) + first.length);
  const text = rest.trim();
  return { title: first.trim(), text, captions: leadingCaptions(text), published: null, lang: null };
}

/** Joins captions and body, so that each caption can be told from the body by its place. */
export function articleOfParts(
  title: string,
  parts: { readonly captions: readonly string[]; readonly body: string },
  rest: Pick<Article, "published" | "lang">,
): Article {
  const ranges: Range[] = [];
  let text = "";
  for (const caption of parts.captions) {
    ranges.push({ start: text.length, end: text.length + caption.length });
    text += `${caption}\n\n`;
  }
  return { title, text: text + parts.body, captions: ranges, ...rest };
}

/** Before the body stand captions: lines that close with a credit in brackets, and no sentence. */
function leadingCaptions(text: string): Range[] {
  const captions: Range[] = [];
  let place = 0;
  for (const line of text.split("\n").slice(0, 2 * CAPTIONS_AT_MOST)) {
    if (ENDS_WITH_CREDIT.test(line)) captions.push({ start: place, end: place + line.length });
    else if (ENDS_AS_SENTENCE.test(line)) break;
    place += line.length + 1;
  }
  return captions;
}

import { tidyLines } from "./clean-text.ts";
import { decodeEntities } from "./html-entities.ts";
import { attributeOf, type HtmlTag, tagFinder } from "./html-tags.ts";

/** The readable text of a piece of HTML: paragraphs apart by an empty line, captions of pictures by themselves. */
export interface HtmlText {
  readonly body: string;
  readonly captions: readonly string[];
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const PARAGRAPHS = words(
  "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html main nav ol p pre section summary table ul",
);
const LINES = words("br li tr caption option");
const CELLS = words("td th");
/** Elements whose content is not for reading. */
const UNREADABLE = words(
  "script style template noscript iframe object svg math head select textarea button video audio canvas",
);
const INLINE = words(
  "a abbr b bdi bdo big cite code del dfn em font i img ins kbd label mark nobr q s samp small span strike strong sub sup time tt u var wbr input link meta source track param embed area picture col colgroup tbody thead tfoot map ruby rb rp rt",
);

/** Whether plain text holds HTML after all, as feeds often have it that declare it wrongly. */
export function looksLikeHtml(text: string): boolean {
  return /<\/?(?:p|br|div|a|b|i|u|em|strong|img|span|ul|ol|li|h[1-6]|blockquote|table|td|font|figure|script|iframe|svg|video)(?:\s[^<>]{0,2000})?\/?>/i.test(
    text,
  );
}

/** Reads HTML as text, in time linear in its length. Unknown tags vanish, a "<" that opens no tag stays. */
export function htmlToText(html: string): HtmlText {
  if (!html.includes("<")) return { body: tidyLines(spaced(decodeEntities(html))), captions: [] };
  const writer = textWriter();
  eachPiece(html, () => true, writer.text, writer.tag);
  return writer.finish();
}

/** Removes the tags that HTML knows and decodes references once; "List<T>" and "5 < 7" stay. For titles and names. */
export function stripTags(html: string): string {
  if (!html.includes("<")) return decodeEntities(html);
  let out = "";
  const known = (tag: HtmlTag): boolean =>
    tag.name === "" ||
    PARAGRAPHS.has(tag.name) ||
    LINES.has(tag.name) ||
    CELLS.has(tag.name) ||
    INLINE.has(tag.name) ||
    UNREADABLE.has(tag.name);
  eachPiece(
    html,
    known,
    (text) => {
      out += text;
    },
    (tag) => {
      if (PARAGRAPHS.has(tag.name) || LINES.has(tag.name) || CELLS.has(tag.name)) out += " ";
    },
  );
  return out;
}

function eachPiece(
  html: string,
  isMarkup: (tag: HtmlTag) => boolean,
  onText: (text: string) => void,
  onTag: (tag: HtmlTag) => void,
): void {
  const tags = tagFinder(html);
  let from = 0;
  let search = 0;
  while (true) {
    const start = html.indexOf("<", search);
    if (start === -1) break;
    const tag = tags.at(start);
    if (tag === undefined || !isMarkup(tag)) {
      search = start + 1;
      continue;
    }
    if (start > from) onText(decodeEntities(html.slice(from, start)));
    onTag(tag);
    const after =
      UNREADABLE.has(tag.name) && !tag.closing && !tag.attributes.endsWith("/")
        ? tags.afterClosing(tag.name, tag.end)
        : -1;
    from = after === -1 ? tag.end : after;
    search = from;
  }
  if (from < html.length) onText(decodeEntities(html.slice(from)));
}

interface TextWriter {
  text(text: string): void;
  tag(tag: HtmlTag): void;
  finish(): HtmlText;
}

const ISOLATE: Record<string, string> = { ltr: "\u2066", rtl: "\u2067" };
const END_OF_ISOLATE = "\u2069";

function textWriter(): TextWriter {
  let body = "";
  let caption: string | undefined;
  let captionTag = "";
  const captions: string[] = [];
  const isolated: string[] = [];
  let lineStart = true;
  const put = (text: string): void => {
    if (caption === undefined) body += text;
    else caption += text;
  };
  const endCaption = (): void => {
    const text = tidyLines(caption ?? "");
    if (text !== "") captions.push(text);
    caption = undefined;
  };
  return {
    text(text) {
      if (lineStart && /\S/.test(text)) lineStart = false;
      put(spaced(text));
    },
    tag(tag) {
      if (caption === undefined && opensCaption(tag)) {
        caption = "";
        captionTag = tag.name;
        body += "\n\n";
      } else if (caption !== undefined && tag.closing && (tag.name === captionTag || tag.name === "figure")) {
        endCaption();
        body += "\n\n";
      } else {
        const gap = breakOf(tag, lineStart);
        put(gap + directionOf(tag, isolated));
        if (gap.endsWith("\n")) lineStart = true;
      }
    },
    finish() {
      if (caption !== undefined) endCaption();
      return { body: tidyLines(body + END_OF_ISOLATE.repeat(isolated.filter((mark) => mark !== "").length)), captions };
    },
  };
}

/** White space in the source means one space; only tags break lines. */
function spaced(text: string): string {
  return /[\t\n\r\f]/.test(text) ? text.replace(/[\t\n\r\f]+/g, " ") : text;
}

/** List items and rows begin and end a line, but make no empty one between them. */
function breakOf(tag: HtmlTag, lineStart: boolean): string {
  if (PARAGRAPHS.has(tag.name)) return "\n\n";
  if (LINES.has(tag.name)) return lineStart && tag.name !== "br" ? "" : "\n";
  return CELLS.has(tag.name) ? " " : "";
}

function opensCaption(tag: HtmlTag): boolean {
  if (tag.closing) return false;
  if (tag.name === "figcaption") return true;
  if (tag.name !== "p" && tag.name !== "span" && tag.name !== "div" && tag.name !== "dd") return false;
  const className = attributeOf(tag.attributes, "class");
  return (
    className !== undefined &&
    /(?:^|[\s_-])caption(?:[\s_-](?:text|inner))?(?:$|\s)/i.test(className) &&
    !/wp-caption(?:$|\s)/.test(className)
  );
}

/** A run whose direction the writer set is isolated, so that numbers and Latin names keep their order in Arabic lines. */
function directionOf(tag: HtmlTag, isolated: string[]): string {
  if (tag.name !== "span" && tag.name !== "bdi" && tag.name !== "bdo") return "";
  if (!tag.closing) {
    const mark = ISOLATE[attributeOf(tag.attributes, "dir")?.toLowerCase() ?? ""];
    if (mark === undefined) {
      if (isolated.length > 0) isolated.push("");
      return "";
    }
    isolated.push(mark);
    return mark;
  }
  return isolated.pop() ? END_OF_ISOLATE : "";
}

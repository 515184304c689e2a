/** A tag found in HTML: where it ends and what it is. Comments and declarations have an empty name. */
export interface HtmlTag {
  readonly name: string;
  readonly closing: boolean;
  /** The source between the name and the closing bracket. */
  readonly attributes: string;
  /** Index after the closing bracket. */
  readonly end: number;
}

/** Finds tags in one text in time linear in its length, however hostile it is: what was missing once is not sought again. */
export interface TagFinder {
  /** The tag that begins at `start`, where the text holds "<"; undefined where that bracket is just a character. */
  at(start: number): HtmlTag | undefined;
  /** Index after the closing tag of this name, sought from `from`; -1 where there is none. */
  afterClosing(name: string, from: number): number;
}

/** Failed searches for the end of a quoted attribute after which quotes are no longer honoured. */
const PATIENCE = 64;

/** Prepares the search for tags in a text. */
export function tagFinder(html: string): TagFinder {
  const absent = new Map<string, number>();
  let patience = PATIENCE;
  const seek = (needle: string, from: number): number => {
    if (from >= (absent.get(needle) ?? Number.POSITIVE_INFINITY)) return -1;
    const found = html.indexOf(needle, from);
    if (found === -1) absent.set(needle, from);
    return found;
  };
  const tagEnd = (from: number): number => {
    const plain = seek(">", from);
    if (plain === -1 || patience <= 0) return plain;
    const quoted = outsideQuotes(html, from);
    if (quoted !== -1) return quoted;
    patience -= 1;
    return plain;
  };
  return {
    at(start) {
      const next = html.charCodeAt(start + 1);
      if (next === 33 || next === 63) return declaration(html, start, seek);
      const closing = next === 47;
      const nameStart = closing ? start + 2 : start + 1;
      const nameEnd = endOfName(html, nameStart);
      if (nameEnd === nameStart) return undefined;
      const bracket = tagEnd(nameEnd);
      if (bracket === -1) return undefined;
      return {
        name: localName(html.slice(nameStart, nameEnd)),
        closing,
        attributes: html.slice(nameEnd, bracket),
        end: bracket + 1,
      };
    },
    afterClosing(name, from) {
      const lower = seek(`</${name}`, from);
      const upper = seek(`</${name.toUpperCase()}`, from);
      const found = lower === -1 ? upper : upper === -1 ? lower : Math.min(lower, upper);
      if (found === -1) return -1;
      const bracket = seek(">", found);
      return bracket === -1 ? -1 : bracket + 1;
    },
  };
}

/** The value of an attribute in the source of a tag, undecoded; undefined where it is absent. */
export function attributeOf(attributes: string, name: string): string | undefined {
  if (!attributes.includes(name) && !attributes.includes(name.toUpperCase())) return undefined;
  const match = new RegExp(`(?:^|[\\s"'/])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(
    attributes.slice(0, 4096),
  );
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

function declaration(html: string, start: number, seek: (needle: string, from: number) => number): HtmlTag | undefined {
  const comment = html.startsWith("<!--", start);
  const end = comment ? seek("-->", start + 4) : seek(">", start);
  if (end === -1) return undefined;
  return { name: "", closing: false, attributes: "", end: end + (comment ? 3 : 1) };
}

function endOfName(html: string, start: number): number {
  let index = start;
  for (; index < html.length && index < start + 64; index += 1) {
    const code = html.charCodeAt(index) | 32;
    const letter = code >= 97 && code <= 122;
    if (letter) continue;
    const inner = index > start && ((code >= 48 && code <= 57) || html[index] === "-" || html[index] === ":");
    if (!inner) break;
  }
  return index;
}

/** XHTML may carry a prefix ("xhtml:p"). */
function localName(name: string): string {
  const lower = name.toLowerCase();
  return lower.slice(lower.indexOf(":") + 1);
}

/** The next ">" that stands in no quotes, within a bound that no honest tag exceeds; -1 where there is none. */
function outsideQuotes(html: string, from: number): number {
  const limit = Math.min(html.length, from + 8192);
  let quote = 0;
  for (let index = from; index < limit; index += 1) {
    const code = html.charCodeAt(index);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 62) return index;
    else if ((code === 34 || code === 39) && html[index - 1] === "=") quote = code;
  }
  return -1;
}

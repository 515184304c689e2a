import { FeedError } from "./feed-error.ts";

/** Markup nested deeper than this inside one text is no writer's work. */
const DEEPEST_MARKUP = 2000;
const VOID = /^(?:br|img|hr|input|wbr|meta|link|source|track|col|area|base|embed|param)$/i;
const BOUNDARY = /^<\/?(?:[\w.-]+:)?(?:item|entry|channel|feed|rss)[\s>/]/i;

/**
 * Finds the end of an element that holds text, whatever markup stands in it: the first closing tag of its name outside
 * CDATA that is not that of an element of the same name within.
 * @param from index after the opening tag.
 * @returns where the text ends, where the closing tag ends, and whether there is markup outside CDATA; undefined where
 * the element is not closed before its item ends.
 * @throws FeedError "hostile" for markup nested beyond all measure.
 */
export function endOfText(
  source: string,
  from: number,
  name: string,
): { inner: number; after: number; markup: boolean } | undefined {
  let depth = 0;
  let nested = 0;
  let markup = false;
  for (let at = source.indexOf("<", from); at !== -1; at = source.indexOf("<", at)) {
    if (source.startsWith("<![CDATA[", at)) {
      const end = source.indexOf("]]>", at + 9);
      if (end === -1) return undefined;
      at = end + 3;
      continue;
    }
    if (isTag(source, at, `</${name}`)) {
      const bracket = source.indexOf(">", at);
      if (bracket === -1) return undefined;
      if (nested === 0) return { inner: at, after: bracket + 1, markup };
      nested -= 1;
    } else if (isTag(source, at, `<${name}`)) nested += 1;
    else if (BOUNDARY.test(source.slice(at, at + 40))) return undefined;
    depth += step(source, at);
    if (depth > DEEPEST_MARKUP) throw new FeedError("hostile", `a text nests deeper than ${DEEPEST_MARKUP} elements`);
    markup = true;
    at += 1;
  }
  return undefined;
}

/** Unescaped markup as one CDATA section, so that its order survives parsers that sort children by name. */
export function markupOf(inner: string): string {
  const html = inner.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_whole, text: string) => text);
  return `<![CDATA[${html.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}

function isTag(source: string, at: number, start: string): boolean {
  return source.startsWith(start, at) && /[\s>/]/.test(source[at + start.length] ?? "");
}

function step(source: string, at: number): number {
  const match = /^<(\/?)([A-Za-z][\w:-]{0,30})/.exec(source.slice(at, at + 40));
  if (match === null || VOID.test(match[2] ?? "")) return 0;
  return match[1] === "/" ? -1 : 1;
}

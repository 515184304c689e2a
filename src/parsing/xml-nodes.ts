import { personOf } from "../domain/feed/people.ts";
import type { RawLink, RawPerson, RawText } from "../domain/feed/raw-feed.ts";

/** What xml2js makes of an element: its text, or an object with text (`_`), attributes (`$`) and children by name. */
export type XmlNode = unknown;

/** Own properties only, so that an element named __proto__ or constructor is just an element. */
function property(node: XmlNode, name: string): unknown {
  return typeof node === "object" && node !== null && Object.hasOwn(node, name)
    ? (node as Record<string, unknown>)[name]
    : undefined;
}

/** The children of this name, or the values kept under a field; never undefined. */
export function nodes(node: XmlNode, name: string): XmlNode[] {
  const found = property(node, name);
  if (found === undefined || found === null) return [];
  return Array.isArray(found) ? found : [found];
}

/** The text of an element; empty where it has none. */
export function nodeText(node: XmlNode): string {
  if (typeof node === "string") return node;
  const text = property(node, "_");
  return typeof text === "string" ? text : "";
}

export function attribute(node: XmlNode, name: string): string | undefined {
  const value = property(property(node, "$"), name);
  return typeof value === "string" ? value : undefined;
}

/** The texts of all children of these names, in the order of the names; empty ones are left out. */
export function texts(node: XmlNode, ...names: string[]): string[] {
  return names.flatMap((name) => nodes(node, name).map(nodeText)).filter((text) => text.trim() !== "");
}

/** RSS says of no text whether it is markup; all of it is read as HTML, as all readers do. */
export function htmlTexts(node: XmlNode, ...names: string[]): RawText[] {
  return texts(node, ...names).map((value) => ({ value, kind: "html" }));
}

/** Atom's text constructs say by their type whether they are markup; content of other media types is not for reading. */
export function atomTexts(node: XmlNode, ...names: string[]): RawText[] {
  return names
    .flatMap((name) => nodes(node, name))
    .flatMap((child) => {
      const value = nodeText(child);
      const kind = kindOf(attribute(child, "type"));
      return value.trim() === "" || kind === undefined ? [] : [{ value, kind }];
    });
}

/** The reading of Atom's type attribute; undefined for media that are no text. */
export function kindOf(type: string | undefined): RawText["kind"] | undefined {
  const name = (type ?? "text").trim().toLowerCase();
  if (name === "html" || name === "xhtml" || name.includes("html")) return "html";
  if (name === "" || name === "text" || name.startsWith("text/")) return "text";
  return undefined;
}

/** Links as text or as an href attribute. */
export function links(node: XmlNode, ...names: string[]): RawLink[] {
  return names
    .flatMap((name) => nodes(node, name))
    .map((child) => {
      const rel = attribute(child, "rel");
      const type = attribute(child, "type");
      return {
        href: attribute(child, "href") ?? nodeText(child),
        ...(rel === undefined ? {} : { rel }),
        ...(type === undefined ? {} : { type }),
      };
    })
    .filter(({ href }) => href.trim() !== "");
}

/** Persons as structured elements (Atom) or as one text (RSS). */
export function people(node: XmlNode, ...names: string[]): RawPerson[] {
  return names
    .flatMap((name) => nodes(node, name))
    .map((child): RawPerson => {
      const [name] = texts(child, "name", "atom:name");
      const [email] = texts(child, "email", "atom:email");
      const [url] = texts(child, "uri", "url", "atom:uri");
      if (name === undefined && email === undefined && url === undefined) return { text: nodeText(child) };
      return personOf(name, email, url);
    })
    .filter((person) => person.text === undefined || person.text.trim() !== "");
}

/** The first list that is not empty: feeds name the same thing in several ways, and the first is the most specific. */
export function firstOf<T>(...lists: readonly T[][]): T[] {
  return lists.find((list) => list.length > 0) ?? [];
}

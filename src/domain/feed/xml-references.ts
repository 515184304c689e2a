import { FeedError } from "./feed-error.ts";
import { namedEntity, numericEntity } from "./html-entities.ts";

/** Entities that a document type declares, by name; only short literal ones are taken. */
export type DeclaredEntities = ReadonlyMap<string, string>;

const MOST_ENTITIES = 300;
const LONGEST_ENTITY = 64;

/** Index after the document type declaration that begins at `at`, its internal subset included; -1 where it does not end. */
export function endOfDoctype(source: string, at: number): number {
  const bracket = source.indexOf(">", at);
  const subset = source.indexOf("[", at);
  if (subset === -1 || subset > bracket) return bracket === -1 ? -1 : bracket + 1;
  const close = /\]\s*>/g;
  close.lastIndex = subset;
  return close.exec(source) === null ? -1 : close.lastIndex;
}

/**
 * Reads the entities of a document type declaration. Nothing outside the document is ever read.
 * @param subset the declaration's source.
 * @throws FeedError "hostile" for entities that refer to other entities or to a file or address, the two ways in
 * which a small document becomes an attack.
 */
export function readDoctype(subset: string): DeclaredEntities {
  const entities = new Map<string, string>();
  for (const match of subset.matchAll(
    /<!ENTITY\s+(%\s+)?([^\s"'<>&%;]{1,64})\s+(?:(SYSTEM|PUBLIC)\b|"([^"]*)"|'([^']*)')/gi,
  )) {
    const [, parameter, name = "", external, double, single] = match;
    if (parameter !== undefined) continue;
    if (external !== undefined)
      throw new FeedError("hostile", `the document declares an entity «${name}» outside itself, which is never read`);
    const value = (double ?? single ?? "").replace(/&#(\d{1,7}|x[0-9a-f]{1,6});/gi, (reference) =>
      numericEntity(reference.slice(1, -1)),
    );
    if (/[&%]/.test(value.replace(/&(?:amp|lt|gt|quot|apos);/g, "")))
      throw new FeedError("hostile", `the document declares an entity «${name}» that refers to other entities`);
    if (entities.size >= MOST_ENTITIES || value.length > LONGEST_ENTITY)
      throw new FeedError("hostile", "the document declares too many or too long entities");
    if (!entities.has(name))
      entities.set(
        name,
        value.replace(/&(amp|lt|gt|quot|apos);/g, (_whole, known: string) => namedEntity(known) ?? ""),
      );
  }
  return entities;
}

/**
 * Makes every "&" in XML text a reference that XML itself knows: names of HTML and of the document's own declarations
 * become their characters, numbers that are no character U+FFFD, and an "&" that opens no reference is escaped.
 */
export function mendReferences(text: string, declared: DeclaredEntities): string {
  return text.replace(
    /&(?!(?:amp|lt|gt|quot|apos);)(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z_][\w.-]{0,63});)?/g,
    (whole, reference: string | undefined) => {
      if (reference === undefined) return "&amp;";
      if (reference.startsWith("#")) return escapeXml(numericEntity(reference));
      const value = declared.get(reference) ?? namedEntity(reference);
      return value === undefined ? `&amp;${whole.slice(1)}` : escapeXml(value);
    },
  );
}

/** Escapes what XML text and attribute values may not hold. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) =>
    character === "&" ? "&amp;" : character === "<" ? "&lt;" : character === ">" ? "&gt;" : "&quot;",
  );
}

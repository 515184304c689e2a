import { type DeclaredEntities, mendReferences } from "./xml-references.ts";

/** An opening tag as it stands in the source; attribute values are as written, without their quotes. */
export interface OpenTag {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly selfClosing: boolean;
  /** Index after the closing bracket. */
  readonly end: number;
}

/** The rest of a tag that has more is passed over. */
const MOST_ATTRIBUTES = 200;

const NAME = /[A-Za-z_\u0080-\uffff][\w.:\u0080-\uffff-]{0,99}/y;
const ATTRIBUTE = /[\s,]*([^\s=/"'<>,]{1,100})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]{1,2000})))?/y;

/** The opening tag at a "<"; undefined where that bracket opens no tag, "unfinished" where the document ends in it. */
export function openTagAt(source: string, at: number): OpenTag | "unfinished" | undefined {
  NAME.lastIndex = at + 1;
  const name = NAME.exec(source)?.[0];
  if (name === undefined) return undefined;
  let index = NAME.lastIndex;
  // Most tags have no attributes.
  if (source[index] === ">") return { name, attributes: [], selfClosing: false, end: index + 1 };
  const attributes: [string, string][] = [];
  while (index < source.length && attributes.length < MOST_ATTRIBUTES) {
    ATTRIBUTE.lastIndex = index;
    const match = ATTRIBUTE.exec(source);
    if (match === null) break;
    index = ATTRIBUTE.lastIndex;
    attributes.push([match[1] ?? "", match[2] ?? match[3] ?? match[4] ?? ""]);
  }
  return endOfTag(source, index, name, attributes);
}

/** After the attributes only white space, a slash and the bracket may stand; a new "<" there ends a tag that was never closed. */
function endOfTag(
  source: string,
  from: number,
  name: string,
  attributes: OpenTag["attributes"],
): OpenTag | "unfinished" | undefined {
  for (let index = from; index < source.length; index += 1) {
    const character = source[index];
    if (character === ">")
      return { name, attributes: unique(attributes), selfClosing: source[index - 1] === "/", end: index + 1 };
    if (character === "<") return undefined;
  }
  return "unfinished";
}

function unique(attributes: OpenTag["attributes"]): OpenTag["attributes"] {
  if (attributes.length < 2) return attributes;
  return [...new Map(attributes.map(([name, value]) => [name, value] as const)).entries()];
}

/** Writes a tag so that a strict parser takes it. */
export function tagSource(
  tag: Pick<OpenTag, "name" | "attributes">,
  entities: DeclaredEntities,
  end: ">" | "/>",
): string {
  if (tag.attributes.length === 0) return `<${tag.name}${end}`;
  const written = tag.attributes
    .filter(([name]) => /^[A-Za-z_\u0080-\uffff][\w.:\u0080-\uffff-]*$/.test(name))
    .map(
      ([name, value]) =>
        ` ${name}="${mendReferences(value, entities).replaceAll("<", "&lt;").replaceAll('"', "&quot;")}"`,
    );
  return `<${tag.name}${written.join("")}${end}`;
}

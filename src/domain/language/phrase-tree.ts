import { foldPhrase } from "./folding.ts";

/**
 * What the phrases of a matcher say of words, each a number: "погибший", "погиб…". A word is looked up among them once
 * and then known by the numbers it goes under, so that walking compares no text.
 */
export interface Labels {
  readonly exact: Map<string, number>;
  readonly prefix: Map<string, number>;
  /** By the first two letters of a word that may be one of them: the lengths of its possible beginnings, longest first. */
  readonly lengths: Map<number, number[]>;
  /** Beginnings of one letter. */
  readonly letters: Map<number, number>;
  readonly inner: Inner[];
}

/** Letters that a word has behind its beginning, or ends with: "…miyor…", "…mez". */
interface Inner {
  readonly text: string;
  readonly ends: boolean;
  readonly label: number;
}

/** A place in the tree of phrases. Tables are made when first needed: most places have one way on. */
export interface Node<T> {
  /** The first way on, and the label of the words that go it. */
  next: Node<T> | null;
  label: number;
  /** The further ones by label. */
  ways: Map<number, Node<T>> | null;
  digits: Node<T> | null;
  any: Node<T> | null;
  gap: { upTo: number; node: Node<T> }[] | null;
  payloads: T[] | null;
}

export function newNode<T>(): Node<T> {
  return { next: null, label: -1, ways: null, digits: null, any: null, gap: null, payloads: null };
}

const GAP = /^\.\.(\d+)$/;

/** Lays a phrase into the tree. Throws an Error that names it when it is empty or malformed. */
export function insert<T>(root: Node<T>, labels: Labels, phrase: string, payload: T): void {
  const parts = foldPhrase(phrase)
    .split(/\s+/)
    .filter((part) => part !== "");
  if (parts.length === 0) throw new Error(`an empty phrase: «${phrase}»`);
  if (GAP.test(parts[0]!) || GAP.test(parts.at(-1)!))
    throw new Error(`a phrase begins or ends with a gap: «${phrase}»`);
  let nodes = [root];
  for (const part of parts) nodes = nodes.flatMap((node) => grow(node, labels, part, phrase));
  for (const node of nodes) {
    // An array that begins with its only element takes a tenth of the room of one that is pushed to.
    if (node.payloads === null) node.payloads = [payload];
    else node.payloads.push(payload);
  }
}

function grow<T>(node: Node<T>, labels: Labels, part: string, phrase: string): Node<T>[] {
  if (part === "#") {
    node.digits ??= newNode();
    return [node.digits];
  }
  if (part === "_") {
    node.any ??= newNode();
    return [node.any];
  }
  const gap = GAP.exec(part);
  if (gap) return [gapNode(node, Number(gap[1]))];
  if (!part.startsWith("(") || !part.endsWith(")")) return [wordNode(node, labels, part, phrase)];
  return part
    .slice(1, -1)
    .split("|")
    .map((word) => wordNode(node, labels, word, phrase));
}

function gapNode<T>(node: Node<T>, upTo: number): Node<T> {
  const known = node.gap?.find((gap) => gap.upTo === upTo);
  if (known) return known.node;
  const after = newNode<T>();
  node.gap = [...(node.gap ?? []), { upTo, node: after }];
  return after;
}

/** A word written with a hyphen or apostrophe in the configuration is the tokens that the text gives for it. */
function wordNode<T>(node: Node<T>, labels: Labels, word: string, phrase: string): Node<T> {
  const pieces = word.split(/[-']/).filter((piece) => piece !== "");
  if (/[()|]/.test(word))
    throw new Error(`a group that is not closed, or not a word of its own, in the phrase «${phrase}»`);
  if (pieces.length === 0) throw new Error(`a part without a word in the phrase «${phrase}»`);
  let at = node;
  for (const [index, piece] of pieces.entries()) {
    const open = index === pieces.length - 1 && piece.endsWith("*");
    const inner = pieces.length === 1 && piece.startsWith("*");
    const text = piece.slice(inner ? 1 : 0, open ? -1 : undefined);
    if (text === "" || text.includes("*")) throw new Error(`a misplaced * in the phrase «${phrase}»`);
    at = wayIn(at, inner ? innerLabel(labels, text, !open) : labelFor(labels, text, open));
  }
  return at;
}

function labelFor(labels: Labels, text: string, open: boolean): number {
  const table = open ? labels.prefix : labels.exact;
  const known = table.get(text);
  if (known !== undefined) return known;
  const label = nextLabel(labels);
  table.set(text, label);
  if (open && text.length === 1) labels.letters.set(text.charCodeAt(0), label);
  else noteBeginning(labels.lengths, text, open);
  return label;
}

function innerLabel(labels: Labels, text: string, ends: boolean): number {
  const known = labels.inner.find((inner) => inner.text === text && inner.ends === ends);
  if (known) return known.label;
  const label = nextLabel(labels);
  labels.inner.push({ text, ends, label });
  return label;
}

function nextLabel({ exact, prefix, inner }: Labels): number {
  return exact.size + prefix.size + inner.length;
}

function noteBeginning(lengths: Map<number, number[]>, text: string, open: boolean): void {
  const key = beginningOf(text);
  const known = lengths.get(key) ?? [];
  if (open && !known.includes(text.length)) known.push(text.length);
  lengths.set(
    key,
    known.sort((a, b) => b - a),
  );
}

/** The first two letters as a number, which tell most words from those of the phrases. */
export function beginningOf(text: string): number {
  return text.charCodeAt(0) | (text.charCodeAt(1) << 16);
}

function wayIn<T>(node: Node<T>, label: number): Node<T> {
  const known = wayOn(node, label);
  if (known) return known;
  const next = newNode<T>();
  if (node.next === null) {
    node.next = next;
    node.label = label;
  } else {
    node.ways ??= new Map();
    node.ways.set(label, next);
  }
  return next;
}

/** Where the tree goes on behind a word of a label. */
export function wayOn<T>(node: Node<T>, label: number): Node<T> | undefined {
  if (node.next !== null && node.label === label) return node.next;
  return node.ways?.get(label);
}

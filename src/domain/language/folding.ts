/**
 * Folding: the spelling under which words are compared, with a map back to the original text.
 *
 * What is folded is only what writers vary without meaning: case, Arabic letter forms, tatweel and vowel marks,
 * dotted and dotless i, ё, digit scripts, apostrophe and dash shapes, invisible direction marks.
 * Diacritics that tell words apart (Turkish «öldü» died / «oldu» became) stay.
 */
export interface FoldedText {
  readonly original: string;
  /** The folded units: the first `length` of these, for as long as no other text is folded. */
  readonly units: Uint16Array;
  readonly length: number;
  /**
   * `offsets[i]` is where the folded unit `i` begins in the original (UTF-16). Null where every unit folds to one, so that each stands where it stood. Like `units` they stand until another text is folded.
   */
  readonly offsets: Uint32Array | null;
}

const REPLACED = new Map<string, string>([
  ["أ", "ا"],
  ["إ", "ا"],
  ["آ", "ا"],
  ["ٱ", "ا"],
  ["ى", "ي"],
  ["ی", "ي"],
  ["ې", "ي"],
  ["ة", "ه"],
  ["ۀ", "ه"],
  ["ہ", "ه"],
  ["ؤ", "و"],
  ["ئ", "ي"],
  ["ک", "ك"],
  ["گ", "ك"],
  ["ё", "е"],
  ["Ё", "е"],
  ["ı", "i"],
  ["İ", "i"],
  ["I", "i"],
  ["և", "եւ"],
  ["’", "'"],
  ["‘", "'"],
  ["ʼ", "'"],
  ["`", "'"],
  ["´", "'"],
  ["′", "'"],
  ["‐", "-"],
  ["‑", "-"],
  ["‒", "-"],
  ["–", "-"],
  ["—", "-"],
  ["−", "-"],
  ["־", "-"],
  ["֊", "-"],
  ["٬", ","],
  ["٫", "."],
  ["،", ","],
  ["؛", ";"],
  ["؟", "?"],
  ["\u00a0", " "],
  ["\u202f", " "],
  ["\u2007", " "],
  ["\u2009", " "],
  ["\u3000", " "],
  ["\t", " "],
]);

/** Arabic marks and tatweel, zero-width and direction controls, soft hyphen, variation selectors, Armenian in-word marks. */
const DROPPED: readonly (readonly [number, number])[] = [
  [0xad, 0xad],
  [0x300, 0x36f],
  [0x55a, 0x55c],
  [0x55e, 0x55e],
  [0x610, 0x61a],
  [0x640, 0x640],
  [0x64b, 0x65f],
  [0x670, 0x670],
  [0x6d6, 0x6ed],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2069],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
];

/** How each UTF-16 unit folds: to one unit, or by the two marks below; 0 where not yet known. */
const table = new Uint16Array(0x10000);
const TO_NOTHING = 0xffff;
const TO_SEVERAL = 0xfffe;
const several = new Map<number, string>();

function foldUnit(code: number): number {
  const known = table[code]!;
  if (known !== 0) return known;
  const folded = spelled(String.fromCharCode(code));
  if (folded.length > 1) several.set(code, folded);
  table[code] = folded === "" ? TO_NOTHING : folded.length > 1 ? TO_SEVERAL : folded.charCodeAt(0);
  return table[code];
}

const COMPATIBLE = /[\uff01-\uff5e\ufb00-\ufb17\ufe70-\ufefc\ufb50-\ufdff]/;

function spelled(unit: string): string {
  const replaced = REPLACED.get(unit);
  if (replaced !== undefined) return replaced;
  const digit = digitOf(unit.charCodeAt(0));
  if (digit !== undefined) return digit;
  if (DROPPED.some(([from, to]) => unit >= String.fromCharCode(from) && unit <= String.fromCharCode(to))) return "";
  const plain = COMPATIBLE.test(unit) ? unit.normalize("NFKC") : unit;
  if (plain !== unit) return [...plain].map(spelled).join("");
  const lower = unit.toLowerCase();
  return lower.length > 1 && lower.startsWith("i\u0307") ? "i" : lower;
}

/** The ASCII digit for a decimal digit of another script (Arabic-Indic, Persian, Devanagari, Bengali, fullwidth). */
function digitOf(code: number): string | undefined {
  for (const zero of [0x660, 0x6f0, 0x966, 0x9e6, 0xff10])
    if (code >= zero && code <= zero + 9) return String(code - zero);
  return undefined;
}

const COMBINING = /[\u0300-\u036f]/;

function isCombining(code: number): boolean {
  return code >= 0x300 && code <= 0x36f;
}

/** Letters that end in a combining mark in decomposed text ("é", "й") are composed first, where that is needed at all. */
function composed(text: string): { text: string; at: ((index: number) => number) | null } {
  if (!COMBINING.test(text)) return { text, at: null };
  const units: string[] = [];
  const starts: number[] = [];
  for (const match of text.matchAll(/[\s\S][\u0300-\u036f]*/g)) {
    for (const unit of match[0].normalize("NFC").split("")) {
      units.push(unit);
      starts.push(match.index);
    }
  }
  starts.push(text.length);
  return { text: units.join(""), at: (index) => starts[index] ?? text.length };
}

/** Folds a text. Linear in its length. */
export function foldText(original: string): FoldedText {
  if (original.length > scratch.length) scratch = new Uint16Array(original.length * 2);
  for (let index = 0; index < original.length; index += 1) {
    const code = original.charCodeAt(index);
    const folded = foldUnit(code);
    if (folded >= TO_SEVERAL || isCombining(code)) return foldUnevenly(original);
    scratch[index] = folded;
  }
  return { original, units: scratch, length: original.length, offsets: null };
}

/** Hold the text being folded; kept, because new ones for every text cost more than folding it. */
let scratch = new Uint16Array(4096);
let scratchOffsets = new Uint32Array(4096);

/** Folds a text in which marks are dropped, letters composed or one becomes two: the map back has to be written down. */
function foldUnevenly(original: string): FoldedText {
  const { text, at } = composed(original);
  const most = unevenLength(text);
  if (most > scratch.length) scratch = new Uint16Array(most * 2);
  if (most >= scratchOffsets.length) scratchOffsets = new Uint32Array(most * 2 + 1);
  const offsets = scratchOffsets;
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const folded = foldUnit(code);
    const count = countOf(folded, code);
    for (let unit = 0; unit < count; unit += 1) {
      scratch[length] = count === 1 ? folded : several.get(code)!.charCodeAt(unit);
      offsets[length] = at ? at(index) : index;
      length += 1;
    }
  }
  return { original, units: scratch, length, offsets };
}

function unevenLength(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    length += countOf(foldUnit(code), code);
  }
  return length;
}

/** How many units a unit folds to. */
function countOf(folded: number, code: number): number {
  if (folded < TO_SEVERAL) return 1;
  return folded === TO_NOTHING ? 0 : (several.get(code)?.length ?? 1);
}

/** Where in the original a folded unit begins; behind the last one, where the original ends. */
export function originalStart({ offsets, original, length }: FoldedText, at: number): number {
  return offsets === null ? at : at < length ? offsets[at]! : original.length;
}

/** Where in the original the folded range that ends at `end` (exclusive) ends: vowel marks included, invisible marks not. */
export function originalEnd(text: FoldedText, end: number): number {
  if (text.offsets === null) return end;
  let at = originalStart(text, end);
  const start = text.offsets[end - 1] ?? 0;
  while (at > start + 1 && isInvisible(text.original.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** Soft hyphen, zero-width and direction controls, byte order mark. */
function isInvisible(code: number): boolean {
  if (code < 0x200b) return code === 0xad;
  return code <= 0x200f || (code >= 0x202a && code <= 0x202e) || (code >= 0x2060 && code <= 0x2069) || code === 0xfeff;
}

/** Folds a word or phrase of the configuration, so that data may be written in ordinary spelling. */
export function foldPhrase(phrase: string): string {
  const { text } = composed(phrase);
  let folded = "";
  for (let index = 0; index < text.length; index += 1) {
    const unit = foldUnit(text.charCodeAt(index));
    if (unit === TO_SEVERAL) folded += several.get(text.charCodeAt(index))!;
    else if (unit !== TO_NOTHING) folded += String.fromCharCode(unit);
  }
  return folded.trim();
}

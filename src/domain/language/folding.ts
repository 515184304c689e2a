/**
 * Folding: the spelling under which words are compared, with a map back to the original text.
 *
 * What is folded is only what writers vary without meaning: case, Arabic letter forms, tatweel and vowel marks,
 * dotted and dotless i, ё, digit scripts, apostrophe and dash shapes, invisible direction marks.
 * Diacritics that tell words apart (Turkish «öldü» died / «oldu» became) stay.
 */
export interface FoldedText {
  readonly original: string;
  readonly folded: string;
  /** `offsets[i]` is where the folded unit `i` begins in the original (UTF-16); one more entry marks the end. */
  readonly offsets: Uint32Array;
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
const DROPPED =
  /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f\u0300-\u036f\u055a-\u055c\u055e]/;

const cache = new Map<string, string>();

function foldUnit(unit: string): string {
  const known = cache.get(unit);
  if (known !== undefined) return known;
  let folded = REPLACED.get(unit);
  if (folded === undefined) {
    const digit = digitOf(unit.codePointAt(0) ?? 0);
    if (digit !== undefined) folded = digit;
    else if (DROPPED.test(unit)) folded = "";
    else {
      const plain = /[\uff01-\uff5e\ufb00-\ufb06\ufe70-\ufefc\ufb50-\ufdff]/.test(unit) ? unit.normalize("NFKC") : unit;
      folded = plain.toLowerCase();
      if (folded.length > 1 && folded.startsWith("i\u0307")) folded = "i";
    }
  }
  if (cache.size < 4096) cache.set(unit, folded);
  return folded;
}

/** The ASCII digit for a decimal digit of another script (Arabic-Indic, Persian, Devanagari, Bengali, fullwidth). */
function digitOf(code: number): string | undefined {
  for (const zero of [0x660, 0x6f0, 0x966, 0x9e6, 0xff10])
    if (code >= zero && code <= zero + 9) return String(code - zero);
  return undefined;
}

/** Letters that end in a combining mark in decomposed text ("é", "й") are composed first, where that is needed at all. */
function composed(text: string): { text: string; at: ((index: number) => number) | null } {
  if (!/[\u0300-\u036f]/.test(text)) return { text, at: null };
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
  const { text, at } = composed(original);
  const parts: string[] = [];
  const offsets: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const folded = foldUnit(text[index] as string);
    if (folded === "") continue;
    parts.push(folded);
    const start = at ? at(index) : index;
    for (let unit = 0; unit < folded.length; unit += 1) offsets.push(start);
  }
  offsets.push(original.length);
  return { original, folded: parts.join(""), offsets: Uint32Array.from(offsets) };
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

/** Where in the original the folded range that ends at `end` (exclusive) ends: vowel marks included, invisible marks not. */
export function originalEnd(text: FoldedText, end: number): number {
  let at = text.offsets[end] ?? text.original.length;
  const start = text.offsets[end - 1] ?? 0;
  while (at > start + 1 && INVISIBLE.test(text.original[at - 1] as string)) at -= 1;
  return at;
}

/** Folds a word or phrase of the configuration, so that data may be written in ordinary spelling. */
export function foldPhrase(phrase: string): string {
  return foldText(phrase).folded.trim();
}

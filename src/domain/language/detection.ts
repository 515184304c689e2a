import type { Script, Writing } from "./writing.ts";

/** Tells the language of a text (ISO 639-1, "und" where it has no letters); `hint` is what the feed claims. */
export type Detector = (text: string, hint?: string) => string;

/** A hint outweighs the text unless the text speaks clearly for another language of the same script. */
const HINT_BONUS = 3;
/** Detection looks at this much of a text; more adds nothing. */
const SAMPLE = 3000;

function scriptOf(code: number): Script | null {
  if (
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0xc0 && code <= 0x24f) ||
    (code >= 0x1e00 && code <= 0x1eff)
  )
    return "latin";
  if (code >= 0x400 && code <= 0x52f) return "cyrillic";
  if (
    (code >= 0x620 && code <= 0x64a) ||
    (code >= 0x66e && code <= 0x6d3) ||
    (code >= 0xfb50 && code <= 0xfdff) ||
    (code >= 0xfe70 && code <= 0xfefc)
  )
    return "arabic";
  if (code >= 0x531 && code <= 0x587) return "armenian";
  if (code >= 0x10a0 && code <= 0x10ff) return "georgian";
  if (code >= 0x370 && code <= 0x3ff) return "greek";
  if (code >= 0x5d0 && code <= 0x5ea) return "hebrew";
  return code > 0x24f && /\p{L}/u.test(String.fromCodePoint(code)) ? "other" : null;
}

function mainScript(text: string): Script | null {
  const counts = new Map<Script, number>();
  for (let index = 0; index < text.length; index += 1) {
    const script = scriptOf(text.charCodeAt(index));
    if (script) counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  let best: Script | null = null;
  for (const [script, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = script;
  return best;
}

/** Builds the detector from what the languages say of themselves. */
export function compileDetector(languages: ReadonlyMap<string, Writing>): Detector {
  const words = new Map<string, string[]>();
  const letters = new Map<string, string[]>();
  for (const [iso, writing] of languages) {
    for (const word of writing.functionWords) words.set(word, [...(words.get(word) ?? []), iso]);
    for (const letter of new Set(writing.letters)) letters.set(letter, [...(letters.get(letter) ?? []), iso]);
  }
  return (text, hint) => {
    // a language that has no folder here cannot be told from those that have: the feed's word is all there is
    if (hint !== undefined && /^[a-z]{2}$/.test(hint) && !languages.has(hint)) return hint;
    const sample = text.slice(0, SAMPLE);
    const script = mainScript(sample);
    if (script === null) return hint ?? "und";
    const candidates = [...languages].filter(([, writing]) => writing.script === script).map(([iso]) => iso);
    if (candidates.length <= 1) return candidates[0] ?? hint ?? "und";
    const scores = new Map(candidates.map((iso) => [iso, iso === hint ? HINT_BONUS : 0]));
    const lower = sample.toLocaleLowerCase("und");
    for (const word of lower.split(/[^\p{L}\p{M}]+/u))
      for (const iso of words.get(word) ?? [])
        if (scores.has(iso)) scores.set(iso, scores.get(iso)! + 1 / words.get(word)!.length);
    for (const letter of lower)
      for (const iso of letters.get(letter) ?? [])
        if (scores.has(iso)) scores.set(iso, scores.get(iso)! + 1 / letters.get(letter)!.length);
    return [...scores].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
  };
}

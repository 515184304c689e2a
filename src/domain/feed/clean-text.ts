const UNSTORABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;
const SUSPECT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff\ud800-\udfff]/;

/** Removes NUL and other control characters, which XML forbids and PostgreSQL cannot store; lone surrogates become U+FFFD. */
export function cleanText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replace(UNSTORABLE, "").replace(/\p{Surrogate}/gu, "\ufffd");
}

/** One line: white space of every kind is one space, but spaces that hold numbers together stay what they are. */
export function oneLine(text: string): string {
  return text.replace(/[ \t\n\r\f\u0085\u2028\u2029]+/g, " ").trim();
}

/** Lines trimmed, at most one empty line between two paragraphs. */
export function tidyLines(text: string): string {
  const lines = /[\r\u0085\u2028\u2029]/.test(text)
    ? text.replace(/\r\n?|[\u0085\u2028]/g, "\n").replaceAll("\u2029", "\n\n")
    : text;
  const single = lines.replace(/ {2,}|[\t\f][ \t\f]*/g, " ").trim();
  if (!single.includes("\n")) return single;
  return single.replace(/ ?\n[ \u00a0\n]*/g, (gap) => (gap.indexOf("\n") === gap.lastIndexOf("\n") ? "\n" : "\n\n"));
}

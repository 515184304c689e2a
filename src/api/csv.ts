/** A cell that a spreadsheet would take for a formula: OWASP, "CSV Injection". */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
/** RFC 4180, 2.6. */
const QUOTED = /[",\r\n]/;

/** What a cell may hold. Times are written in ISO 8601, null as nothing. */
export type Cell = string | number | boolean | Date | null;

/**
 * One record of a CSV document (RFC 4180), with its line break. Text that would be a formula gets an apostrophe in
 * front, which spreadsheets take for "this is text"; numbers are numbers.
 */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell !== "string") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import type { Database } from "../ledger/schema.ts";
import { type ExportName, type ExportRow, exportColumns, readExport } from "../ledger/story-export.ts";
import { type Cell, csvRecord } from "./csv.ts";

/** How an export is written. */
export const EXPORT_FORMATS = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What is written out, and how. */
export interface ExportRequest {
  readonly story: string;
  readonly what: ExportName;
  readonly format: ExportFormat;
  /** Begins a CSV document with a byte order mark: without it some spreadsheets do not take it for UTF-8. */
  readonly bom?: boolean | undefined;
}

/** Pieces of an export as text, in order. */
export async function* writeExport(db: Database, { story, what, format, bom }: ExportRequest): AsyncGenerator<string> {
  if (format === "csv") yield `${bom ? "\uFEFF" : ""}${csvRecord(exportColumns(what))}`;
  const line = format === "csv" ? csvLine : jsonLine;
  for await (const rows of readExport(db, { story, what })) yield rows.map(line).join("");
}

function jsonLine(row: ExportRow): string {
  return `${JSON.stringify(row)}\n`;
}

function csvLine(row: ExportRow): string {
  return csvRecord(Object.values(row).map(cellOf));
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.join("; ");
  if (typeof value === "number" || typeof value === "boolean" || value instanceof Date) return value;
  return String(value);
}

import { z } from "zod";

/** A ledger id as it stands in paths and cursors. */
export const ledgerId = z.string().regex(/^\d{1,18}$/, "must be a number");

/** Every list is read in pages: `next` of one page is `after` of the next one; null ends the list. */
export const pageQuery = {
  after: ledgerId.optional().meta({ description: "The `next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(500).default(100).meta({ description: "Rows on a page." }),
};

export const nextCursor = z.string().nullable().meta({ description: "`after` of the next page; null at the end." });

/** The cursor behind a page; null where the page is not full. */
export function nextOf<Row>(rows: readonly Row[], limit: number, cursorOf: (row: Row) => string): string | null {
  const last = rows.at(-1);
  return last === undefined || rows.length < limit ? null : cursorOf(last);
}

/** Without the keys that are undefined. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** A time as answers show it. */
export function shownTime(at: Date | null): string | null {
  return at === null ? null : at.toISOString();
}

/** Several values of one parameter: repeated, or with commas. */
export const manyValues = z
  .union([z.string(), z.array(z.string())])
  .transform((value) =>
    [value]
      .flat()
      .flatMap((text) => text.split(","))
      .map((text) => text.trim())
      .filter((text) => text !== ""),
  )
  .refine((values) => values.length > 0, "must name at least one");

import { join } from "node:path";
import { z } from "zod";
import type { DateWords } from "../domain/feed/feed-date.ts";
import { readYaml } from "./read-yaml.ts";

const word = z
  .string()
  .min(1)
  .refine((text) => text === text.toLowerCase(), { error: "must be in lower case" });
const monthNumber = z.string().regex(/^(?:[1-9]|1[0-2])$/, "must be a month from 1 to 12");

const feedDatesSchema = z
  .strictObject({
    months: z.record(monthNumber, z.array(word).min(1)),
    zones: z.record(word, z.number().min(-12).max(14)),
  })
  .superRefine(({ months }, context) => {
    const seen = new Map<string, string>();
    for (const [month, names] of Object.entries(months))
      for (const [index, name] of names.entries()) {
        const other = seen.get(name);
        if (other !== undefined)
          context.addIssue({
            code: "custom",
            path: ["months", month, index],
            message: `«${name}» is a name of month ${other} already`,
          });
        seen.set(name, month);
      }
  });

/** Reads the words that dates in feeds are written with. @throws ConfigError with file, line and field. */
export function loadFeedDates(configDir: string): DateWords {
  return compileFeedDates(readYaml(join(configDir, "feed-dates.yaml"), feedDatesSchema));
}

/** Names to numbers, hours to minutes. */
function compileFeedDates({ months, zones }: z.output<typeof feedDatesSchema>): DateWords {
  return {
    months: new Map(
      Object.entries(months).flatMap(([month, names]) => names.map((name) => [name, Number(month)] as const)),
    ),
    zones: new Map(Object.entries(zones).map(([name, hours]) => [name, hours * 60])),
  };
}

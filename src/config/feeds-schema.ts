import { z } from "zod";
import { readYaml } from "./read-yaml.ts";
import { zoneSchema } from "./zone-schema.ts";

const seconds = z.number().positive();

/** How publishers are treated. Times in seconds. */
const pollingSchema = z
  .strictObject({
    /** Least time between two requests to one host. */
    hostGapSeconds: z.number().nonnegative().default(5),
    /** Bounds of a feed's interval, and where a new feed starts. */
    minimumIntervalSeconds: seconds.default(60),
    maximumIntervalSeconds: seconds.default(86_400),
    firstIntervalSeconds: seconds.default(300),
  })
  .refine((polling) => polling.minimumIntervalSeconds <= polling.maximumIntervalSeconds, {
    error: "minimumIntervalSeconds must not be above maximumIntervalSeconds",
  });

const feedSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case letters, digits and hyphens"),
  url: z.string().refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    error: "must be an http or https URL",
  }),
  source: z.string().min(1),
  lang: z.string().regex(/^[a-z]{2,3}$/, "must be an ISO 639 code such as ar"),
  /** 1: national agencies and official bodies; 2: established media; 3: everyone else. */
  tier: z.literal([1, 2, 3], { error: "must be 1, 2 or 3" }),
  timezone: zoneSchema.optional(),
  /** Whose side the publisher stands on, when it speaks for one (a ministry's own feed). */
  side: z.string().optional(),
  /** Its texts are teasers: each article page is read in their place. */
  fullText: z.boolean().optional(),
});

export const feedsSchema = z
  .strictObject({ polling: pollingSchema.prefault({}), feeds: z.array(feedSchema) })
  .superRefine(({ feeds }, context) => {
    for (const field of ["id", "url"] as const) {
      const seen = new Map<string, number>();
      for (const [index, feed] of feeds.entries()) {
        const before = seen.get(feed[field]);
        if (before !== undefined)
          context.addIssue({
            code: "custom",
            path: ["feeds", index, field],
            message: `is the same as that of feeds.${before}; each feed needs its own`,
          });
        seen.set(feed[field], index);
      }
    }
  });

export type FeedsConfig = z.output<typeof feedsSchema>;
export type FeedConfig = FeedsConfig["feeds"][number];

/** Reads the list of feeds. @throws ConfigError with file, line and field. */
export function loadFeeds(file: string): FeedsConfig {
  return readYaml(file, feedsSchema);
}

import { fileURLToPath } from "node:url";
import { built } from "./built.ts";
import { makeLoad } from "./load.ts";

const FEEDS = 40;

/** Items a second that one core reads in full, claims included: by CPU time of this process, a run each. */
export async function analysisRates(runs: number): Promise<number[]> {
  const { loadReadingConfiguration } =
    await built<typeof import("../../src/config/load-configuration.ts")>("config/load-configuration.js");
  const { analyzeItem } = await built<typeof import("../../src/domain/analyze.ts")>("domain/analyze.js");
  const { packs, stories } = loadReadingConfiguration(fileURLToPath(new URL("../../config", import.meta.url)));
  const items = makeLoad(FEEDS, 0).feeds.flatMap(({ agency, items: published }) =>
    published.map(({ guid, title, text, published: at }) => ({
      ...{ id: guid, title, text, published: at, lang: agency.lang },
    })),
  );
  const rates: number[] = [];
  // The first run warms up and does not count.
  for (let run = 0; run <= runs; run += 1) {
    const before = process.cpuUsage();
    for (const item of items)
      for (const story of stories) analyzeItem(item, { packs, story, timezone: "Asia/Yerevan" });
    const { user, system } = process.cpuUsage(before);
    if (run > 0) rates.push(items.length / ((user + system) / 1_000_000));
  }
  return rates;
}

import { setTimeout as pause } from "node:timers/promises";
import { agencyOf, languageOf, textOf, tollOf } from "./load.ts";
import { seeded } from "./random.ts";
import type { Service } from "./service.ts";
import { TOLLS } from "./wording.ts";

const WITHIN_MS = 20_000;

/** From a feed's answer to the receipt of the alert that it raises, ms, while nothing else is at work. */
export async function idleLatencies(
  service: Service,
  { feeds, samples, firstToll }: { feeds: number; samples: number; firstToll: number },
): Promise<number[]> {
  const random = seeded(firstToll);
  const lang = languageOf(0, feeds);
  const waits: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const lead = TOLLS[0]?.text(tollOf(firstToll + sample)) as string;
    const published = new Date(Date.parse("2022-09-29T06:00:00Z") + sample * 60_000).toISOString();
    const item = { agency: "feed-0", guid: `idle-${firstToll + sample}`, published, ...textOf(lang, random, lead) };
    const before = await service.sink.ask({ do: "show", feed: { agency: agencyOf(0, lang), items: [item] } });
    await service.fetchAll("feed-0");
    const begun = Date.now();
    for (;;) {
      await pause(25);
      const counts = await service.sink.ask({ do: "count" });
      if (counts.received > before.received) {
        waits.push(counts.lastReceivedAt - counts.lastAnswerAt);
        break;
      }
      if (Date.now() - begun > WITHIN_MS) throw new Error("an alert did not come while nothing else was at work");
    }
    await pause(100 + random() * 200);
  }
  return waits;
}

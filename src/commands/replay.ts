import { join } from "node:path";
import type { Command } from "commander";
import { stateText } from "../api/alert-headline.ts";
import { type FeedsConfig, loadFeeds } from "../config/feeds-schema.ts";
import { loadReadingConfiguration } from "../config/load-configuration.ts";
import { loadCopyRules } from "../config/load-copy-rules.ts";
import { loadFrames } from "../config/load-frames.ts";
import { loadUrlRules } from "../config/tracking-parameters-schema.ts";
import type { ClaimState } from "../domain/alert/alert.ts";
import { alertBody } from "../domain/alert/envelope.ts";
import type { Tier } from "../domain/baseline/observation.ts";
import type { Item } from "../domain/item.ts";
import { type Replayed, replay } from "../domain/replay.ts";
import { createRevisionReader } from "../domain/revision-reader.ts";
import { InputError } from "../input-error.ts";
import { readSettings } from "../settings.ts";
import { readItemLines, writeJsonLine } from "./json-lines.ts";
import { replayLedger } from "./replay-ledger.ts";
import { textTable } from "./text-table.ts";

interface ReplayCommandOptions {
  readonly story?: string;
  readonly from?: string;
  readonly summary?: boolean;
  readonly fromLedger?: boolean;
}

/** `rasid replay FILE`: the alerts that the daemon would have raised on these items, one webhook body a line. */
export function registerReplay(program: Command): void {
  program
    .command("replay")
    .description("print the alerts that the daemon would have raised on items (JSON Lines), in order of publication")
    .argument("[file]", "items, one JSON object a line; - for standard input")
    .option("--from-ledger", "recompute every alert from the ledger's observations, and say where it differs")
    .option("--from <date>", "items before this date are read but raise nothing")
    .option("--story <id>", "one story alone (default: all)")
    .option("--summary", "print a table instead")
    .action(async (file: string | undefined, options: ReplayCommandOptions) => {
      if (options.fromLedger) return replayLedger();
      if (file === undefined) throw new InputError("name a file with items, or say --from-ledger");
      const replayed = await replayFile(file, options);
      if (options.summary) process.stdout.write(`${summaryOf(replayed)}\n`);
      else for (const alert of replayed.alerts) await writeJsonLine(alertBody(alert));
    });
}

async function replayFile(file: string, { story, from }: ReplayCommandOptions): Promise<Replayed> {
  const { configDir, feedsFile } = readSettings();
  const { packs, stories } = loadReadingConfiguration(configDir);
  const wanted = stories.filter((one) => story === undefined || one.id === story);
  if (wanted.length === 0) {
    throw new InputError(`there is no story «${story ?? ""}»; there are: ${stories.map((one) => one.id).join(", ")}`);
  }
  const items: Item[] = [];
  for await (const item of readItemLines(file)) items.push(item);
  return replay(items, {
    read: createRevisionReader({ packs, stories: wanted, keep: 1 }),
    frames: loadFrames(configDir, wanted),
    copyRules: loadCopyRules(configDir),
    urlRules: loadUrlRules(configDir),
    tierOf: tiersOf(loadFeeds(feedsFile ?? join(configDir, "feeds.yaml"))),
    from: from === undefined ? null : momentOf(from),
  });
}

/** A bare date means midnight UTC. */
function momentOf(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new InputError(`--from: «${text}» is no ISO 8601 date`);
  return time.toISOString();
}

/** A source that no feed names counts as established media. */
const UNKNOWN_SOURCE: Tier = 2;

/** The tier of an item's source: by its name, else by the site of its URL, as the feeds have them. */
function tiersOf({ feeds }: FeedsConfig): (item: Item) => Tier {
  const tiers = new Map<string, Tier>();
  for (const { source, url, tier } of feeds) {
    for (const name of [source.toLowerCase(), siteOf(url)])
      tiers.set(name, Math.min(tier, tiers.get(name) ?? 3) as Tier);
  }
  return ({ source, url }) =>
    tiers.get(source?.toLowerCase() ?? "") ?? tiers.get(url ? siteOf(url) : "") ?? UNKNOWN_SOURCE;
}

function siteOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, "") : "";
}

/** Where several stories are told of, each line names its own. */
function summaryOf({ alerts, standings }: Replayed): string {
  const several = new Set(standings.map(({ story }) => story)).size > 1;
  const under = (story: string) => (several ? [story] : []);
  const told = alerts.map((alert) => [
    ...under(alert.story),
    alert.at.slice(0, 16),
    alert.kind,
    alert.topic ??
      [alert.event, alert.measure, alert.party, alert.civilian ? "civilian" : null].filter(Boolean).join(" "),
    `${shown(alert.before)} → ${shown(alert.after)}`,
    alert.after?.speaker ?? "-",
    alert.severity,
    alert.confidence.toFixed(2),
    alert.evidence[0]?.source ?? "-",
  ]);
  const stands = standings.map((one) => [
    ...under(one.story),
    one.topic ??
      [one.event, one.measure, one.party, one.civilian ? "civilian" : null, one.stage].filter(Boolean).join(" "),
    one.side,
    one.history().map(shown).join(" → "),
    String(one.sources),
  ]);
  return [
    textTable([
      [...under("story"), "raised", "kind", "about", "change", "speaker", "severity", "confidence", "source"],
      ...told,
    ]),
    "",
    textTable([
      [...under("story"), "reported on", "side", "course, the baseline first where it has one", "sources"],
      ...stands,
    ]),
    "",
    `${alerts.length} alerts`,
  ].join("\n");
}

const shown = (state: ClaimState | null): string => stateText(state === null ? null : { ...state });

import { readFile, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { ledgerIsOpen } from "../context.ts";
import { configured, DEFAULT_TIER } from "../feeds/feed-list.ts";
import { openProbe, type Probe, type ProbedFeed } from "../feeds/feed-probe.ts";
import { InputError } from "../input-error.ts";
import { recordAudit } from "../ledger/audit.ts";
import { type FeedRow, findFeed, listFeeds, pauseFeed } from "../ledger/feeds.ts";
import { readSettings, type Settings } from "../settings.ts";
import { addFeed, exportOpml, type FeedFlags, importOpml, removeFeed, tellingOfFeeds } from "./feed-list.ts";
import { CLI_ACTOR, type Output, print, shortTime, telling, withLedger } from "./ledger-command.ts";
import { textTable } from "./text-table.ts";

/** `rasid feeds …`: the feeds that are polled, also beside a running daemon. */
export function registerFeeds(program: Command): void {
  const feeds = program.command("feeds").description("the feeds that are polled, also beside a running daemon");
  addLooking(feeds);
  addEditing(feeds);
  addSwitches(feeds);
  addExchange(feeds);
}

function addLooking(feeds: Command): void {
  feeds
    .command("list", { isDefault: true })
    .description("list the feeds and how they do")
    .option("--json", "JSON for programs")
    .action((output: Output) => listCommand(output));
  feeds
    .command("test")
    .description("look at a feed as the daemon would, and change nothing")
    .argument("<url-or-id>", "an address, or the id of a feed in the list")
    .option("--json", "JSON for programs")
    .action((what: string, output: Output) =>
      probing(async (probe, settings) => {
        const known = configured(settings).feeds.find(({ id }) => id === what);
        if (known === undefined && !URL.canParse(what))
          throw new InputError(`«${what}» is neither an address nor the id of a feed in the list`);
        const probed = await probe.feed(known?.url ?? what);
        print(shownProbe(probed), output, () => describeProbe(probed));
      }),
    );
  feeds
    .command("discover")
    .description("find the feeds of a site, from one of its pages")
    .argument("<url>", "a page of the site")
    .option("--json", "JSON for programs")
    .action((url: string, output: Output) =>
      probing(async (probe) => {
        const found = await probe.discover(url);
        if (found.length === 0) throw new InputError(`${url}: no feed was found`);
        const shown = found.map(({ title, from, ...probed }) => ({ ...shownProbe(probed), title, from }));
        const rows = found.map(({ url: at, parsed, title }) => [at, `${parsed.items.length} items`, title]);
        print(shown, output, () => textTable(rows));
      }),
    );
}

function addEditing(feeds: Command): void {
  feeds
    .command("add")
    .description("add a feed to the list; a site's page will do where it names one feed")
    .argument("<url>", "the feed, or a page of its site")
    .option("--id <id>", "lower-case letters, digits and hyphens (default: from the title and the language)")
    .option("--source <name>", "the publisher (default: the feed's title)")
    .option("--lang <iso>", "its language (default: what the feed says)")
    .option("--tier <n>", "1: agencies and official bodies, 2: established media, 3: everyone else", DEFAULT_TIER)
    .option("--side <party>", "whose side it speaks for, where it does")
    .option("--timezone <zone>", "the zone in which its «yesterday» counts, as Asia/Yerevan")
    .option("--full-text", "its texts are teasers: read the article pages")
    .option("--no-test", "add it without looking at it (needs --source and --lang)")
    .option("--json", "JSON for programs")
    .action((url: string, flags: FeedFlags & Output) =>
      probing((probe, settings) => addFeed(url, flags, probe, settings)),
    );
  feeds
    .command("remove")
    .description("take a feed out of the list; its items stay in the ledger")
    .argument("<id>")
    .option("--json", "JSON for programs")
    .action((id: string, output: Output) => telling(() => removeFeed(id, output, readSettings())));
}

function addSwitches(feeds: Command): void {
  for (const [name, paused, description] of [
    ["pause", true, "stop polling a feed"],
    ["resume", false, "poll a feed again, also one that was gone"],
  ] as const)
    feeds
      .command(name)
      .description(description)
      .argument("<id>")
      .option("--json", "JSON for programs")
      .action((id: string, output: Output) =>
        withLedger(async ({ db }) => {
          await db.transaction().execute(async (trx) => {
            if (!(await pauseFeed(trx, id, paused)))
              throw new InputError(`there is no feed «${id}» in the ledger; \`rasid feeds list\` shows them`);
            await recordAudit(trx, { at: new Date(), actor: CLI_ACTOR, action: `feed.${name}`, target: `feed:${id}` });
          });
          const feed = await findFeed(db, id);
          const state = feed === undefined ? "" : stateOf(feed);
          print({ id, state }, output, () => `${id}: ${state}`);
        }),
      );
}

function addExchange(feeds: Command): void {
  feeds
    .command("import")
    .description("add the feeds of an OPML file that are not in the list yet")
    .argument("<file>", "OPML, as feed readers export it")
    .option("--lang <iso>", "the language of feeds that name none")
    .option("--tier <n>", "the tier of feeds that name none", DEFAULT_TIER)
    .option("--json", "JSON for programs")
    .action((file: string, flags: Pick<FeedFlags, "lang" | "tier"> & Output) =>
      telling(async () => importOpml(await readFile(file, "utf8").catch(refuse(file)), flags, readSettings())),
    );
  feeds
    .command("export")
    .description("write the list as OPML")
    .option("-o, --output <file>", "where to write it (default: standard output)")
    .action(({ output }: { output?: string }) =>
      telling(async () => {
        const opml = exportOpml(readSettings());
        if (output === undefined) process.stdout.write(opml);
        else await writeFile(output, opml);
      }),
    );
}

const intervalText = (seconds: number): string =>
  seconds < 60 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;

function refuse(file: string): (error: unknown) => never {
  return (error) => {
    throw new InputError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  };
}

async function probing(work: (probe: Probe, settings: Settings) => Promise<void>): Promise<void> {
  const settings = readSettings();
  const probe = openProbe(settings);
  try {
    await telling(() => tellingOfFeeds(() => work(probe, settings)));
  } finally {
    await probe.close();
  }
}

async function listCommand(output: Output): Promise<void> {
  const settings = readSettings();
  if (!ledgerIsOpen(settings)) {
    const { feeds } = configured(settings);
    print(feeds, output, () =>
      textTable([
        ["id", "lang", "tier", "url"],
        ...feeds.map(({ id, lang, tier, url }) => [id, lang, String(tier), url]),
      ]),
    );
    console.error("The daemon does not run: how the feeds do is not known.");
    return;
  }
  await withLedger(async ({ db }) => {
    const feeds = (await listFeeds(db)).filter(({ configured: kept }) => kept);
    const head = ["id", "lang", "state", "last good", "last new", "next", "every", "url"];
    const rows = feeds.map((feed) => [
      ...[feed.id, feed.lang, stateOf(feed), shortTime(feed.last_ok_at), shortTime(feed.last_new_item_at)],
      ...[shortTime(feed.next_fetch_at), intervalText(feed.interval_seconds), feed.moved_to ?? feed.url],
    ]);
    print(feeds, output, () => textTable([head, ...rows]));
  });
}

function stateOf({ paused, status, failures, last_error }: FeedRow): string {
  if (paused) return "paused";
  if (status === "failing") return `failing (${failures}): ${(last_error ?? "").slice(0, 60)}`;
  return status;
}

function shownProbe({ url, movedTo, waitSeconds, parsed }: ProbedFeed): object {
  const { feed, items, warnings } = parsed;
  return { url, movedTo, waitSeconds, ...feed, items: items.length, newest: newestOf(parsed), warnings };
}

function describeProbe({ url, movedTo, waitSeconds, parsed }: ProbedFeed): string {
  const { feed, items, warnings } = parsed;
  return [
    `${url}: ${feed.format}, «${feed.title}», language ${feed.language ?? "not named"}`,
    ...(movedTo === null ? [] : [`moved for good to ${movedTo}`]),
    `${items.length} items, the newest of ${newestOf(parsed) ?? "an unknown time"}`,
    ...(waitSeconds > 0 ? [`asks to be polled every ${Math.ceil(waitSeconds / 60)} minutes at most`] : []),
    ...warnings,
  ].join("\n");
}

function newestOf({ items }: ProbedFeed["parsed"]): string | null {
  return items.reduce<string | null>(
    (newest, { published }) => (published !== null && (newest === null || published > newest) ? published : newest),
    null,
  );
}

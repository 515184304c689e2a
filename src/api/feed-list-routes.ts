import { z } from "zod";
import { withFeeds, withoutFeed } from "../config/edit-feeds.ts";
import { ConfigError } from "../config/read-yaml.ts";
import { writeRefusal } from "../config/write-refusal.ts";
import { changeFeedList } from "../feeds/change-feed-list.ts";
import {
  configured,
  DEFAULT_TIER,
  feedsFileOf,
  fitFeed,
  freeId,
  languageOf,
  opmlOfList,
  takeOpml,
} from "../feeds/feed-list.ts";
import { FeedListError } from "../feeds/feed-list-error.ts";
import { type FoundFeed, openProbe, type Probe } from "../feeds/feed-probe.ts";
import { findFeed } from "../ledger/feeds.ts";
import { type ApiContext, type Audited, actorOf, audited } from "./api-context.ts";
import { codedOf } from "./coded-reason.ts";
import { feedParams } from "./feed-routes.ts";
import { feedShown, probedFeed, showFeed } from "./feed-shown.ts";
import { invalidFields, notFound, Problem } from "./problem.ts";
import { whileRoom } from "./while-room.ts";
import type { ZodServer } from "./zod-server.ts";

const url = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), "must be an http or https URL");
const lang = z.string().regex(/^[a-z]{2,3}$/, "must be an ISO 639 code such as ar");
const tier = z
  .literal([1, 2, 3])
  .meta({ description: "1: agencies and official bodies, 2: established media, 3: others." });

const newFeed = z
  .strictObject({
    url,
    id: z
      .string()
      .max(80)
      .regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case letters, digits and hyphens")
      .optional(),
    source: z.string().trim().min(1).max(200).optional().meta({ description: "The publisher; by default its title." }),
    lang: lang.optional(),
    tier: tier.optional(),
    side: z.string().max(100).optional(),
    timezone: z.string().max(60).optional(),
    fullText: z.boolean().optional(),
    test: z.boolean().default(true).meta({ description: "Look at it first; a site's page will do then." }),
  })
  .meta({ examples: [{ url: "https://example.org/feed.xml", source: "Example Post", lang: "en", test: false }] });
const opmlGiven = z.strictObject({ opml: z.string().max(900_000), lang: lang.optional(), tier: tier.optional() }).meta({
  examples: [
    {
      opml: '<opml version="2.0"><body><outline text="A" xmlUrl="https://example.org/a.xml"/></body></opml>',
      lang: "en",
    },
  ],
});
const opmlTaken = z.object({
  added: z.array(z.string()).meta({ description: "Ids of the feeds." }),
  passed: z.array(z.object({ url: z.string(), lacks: z.enum(["address", "language"]) })),
});
const tags = ["feeds"];

/** Looks at feeds that are under way at a time; each fetches from outside and parses. */
const MOST_LOOKS = 3;
/** Fetching has its own deadline for each address; a page may name a dozen. */
const LOOK_MS = 60_000;
const SAMPLE = 8;
const SAMPLE_TEXT = 400;

/** `/api/v1/feeds`: adding, looking, removing, OPML – what `rasid feeds` does to the list, in the same file. */
export function addFeedListRoutes(app: ZodServer, context: ApiContext): void {
  const looking = looksOf(app, context);
  addProbe(app, context, looking);
  addAddition(app, context, looking);
  addRemoval(app, context);
  addImport(app, context);
  addOpml(app, context);
}

function addProbe(app: ZodServer, context: ApiContext, looking: Looks): void {
  app.post(
    "/api/v1/feeds/probe",
    {
      schema: {
        tags,
        summary: "Look at a feed, or the feeds that a site's page names, and change nothing",
        body: z.strictObject({ url }).meta({ examples: [{ url: "https://example.org/feed.xml" }] }),
        response: { 200: z.object({ feeds: z.array(probedFeed) }) },
      },
    },
    async (request) => {
      const { feeds: list } = configured(context);
      const entry: Audited = { action: "feed.test", target: `url:${new URL(request.body.url).origin}` };
      await audited(
        context,
        actorOf(request),
        async () => {},
        () => entry,
      );
      const found = await looking((probe) => probe.discover(request.body.url));
      if (found.length === 0)
        throw invalidFields([{ field: "url", problem: "there is neither a feed nor a page that names one" }]);
      return { feeds: found.map((feed) => showProbed(feed, list)) };
    },
  );
}

function addAddition(app: ZodServer, context: ApiContext, looking: Looks): void {
  const { db } = context;
  app.post(
    "/api/v1/feeds",
    { schema: { tags, summary: "Add a feed to the list", body: newFeed, response: { 201: feedShown } } },
    async (request, reply) => {
      const { url: address, test, tier: given, ...said } = request.body;
      const { feeds: list } = configured(context);
      const fit = (probe: Probe | null) =>
        telling(() => fitFeed(address, { ...said, tier: String(given ?? DEFAULT_TIER) }, { probe, list }));
      const { feed } = test ? await looking(fit) : await fit(null);
      await changeList(context, actorOf(request), (text) => withFeeds(text, [feed]), {
        action: "feed.add",
        target: `feed:${feed.id}`,
      });
      await context.enqueueFetch();
      const row = await findFeed(db, feed.id);
      if (row === undefined) throw notFound("feed", feed.id);
      return reply.code(201).header("location", `/api/v1/feeds/${feed.id}`).send(showFeed(row));
    },
  );
}

function addRemoval(app: ZodServer, context: ApiContext): void {
  app.delete(
    "/api/v1/feeds/:id",
    {
      schema: {
        tags,
        summary: "Take a feed out of the list; its items stay",
        params: feedParams,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const edit = (text: string): string => {
        const without = withoutFeed(text, id);
        if (without === null) throw notFound("feed in the list", id);
        return without;
      };
      await changeList(context, actorOf(request), edit, { action: "feed.remove", target: `feed:${id}` });
      return reply.code(204).send();
    },
  );
}

function addImport(app: ZodServer, context: ApiContext): void {
  app.post(
    "/api/v1/feeds/import",
    {
      schema: {
        tags,
        summary: "Add the feeds of an OPML file that are not in the list yet",
        body: opmlGiven,
        response: { 200: opmlTaken },
      },
    },
    async (request) => {
      const { opml, lang: language, tier: given } = request.body;
      const said = { lang: language, tier: given === undefined ? undefined : String(given) };
      const { feeds: list } = configured(context);
      const taken = await telling(async () => takeOpml(opml, said, list));
      const added = taken.added.map(({ id }) => id);
      if (added.length > 0) {
        const entry: Audited = { action: "feed.import", target: "feeds", detail: { added: added.length } };
        await changeList(context, actorOf(request), (text) => withFeeds(text, taken.added), entry);
        await context.enqueueFetch();
      }
      return { added, passed: [...taken.passed] };
    },
  );
}

function addOpml(app: ZodServer, context: ApiContext): void {
  app.get(
    "/api/v1/feeds.opml",
    { schema: { tags, summary: "Read the list as OPML, for any feed reader" } },
    async (_request, reply) =>
      reply
        .type("text/x-opml; charset=utf-8")
        .header("content-disposition", 'attachment; filename="rasid-feeds.opml"')
        .send(opmlOfList(configured(context).feeds)),
  );
}

function changeList(context: ApiContext, actor: string, edit: (text: string) => string, entry: Audited): Promise<void> {
  const { db, now } = context;
  return telling(() => changeFeedList(db, { file: feedsFileOf(context), edit, entry: { ...entry, actor, at: now() } }));
}

type Looks = <T>(look: (probe: Probe) => Promise<T>) => Promise<T>;

/** Runs looks at feeds with one probe, opened at the first and closed with the server, a few at a time, each bounded. */
function looksOf(app: ZodServer, options: Pick<ApiContext, "configDir" | "allowAddresses">): Looks {
  let probe: Probe | null = null;
  app.addHook("onClose", async () => probe?.close());
  const room = whileRoom({ most: MOST_LOOKS, ms: LOOK_MS, what: "looking at the feed" });
  return (look) => {
    probe ??= openProbe(options);
    const opened = probe;
    return room(() => telling(() => look(opened)));
  };
}

/** Turns what is wrong with the list into problem details. */
async function telling<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FeedListError) throw invalidFields([{ field: error.field, problem: error.message }]);
    // What has no field is the file itself, which whoever asks did not write.
    if (error instanceof ConfigError && error.mistakes.every(({ field }) => field !== ""))
      throw invalidFields(error.mistakes.map(({ field, problem }) => ({ field, problem })));
    const refused = writeRefusal(error);
    if (refused !== null)
      throw new Problem(409, "Conflict", `the list of feeds cannot be written (${refused}): is its folder read-only?`);
    throw error;
  }
}

function showProbed(
  { url: address, movedTo, waitSeconds, parsed, title, from }: FoundFeed,
  list: ReturnType<typeof configured>["feeds"],
): z.output<typeof probedFeed> {
  const { feed, items, warnings } = parsed;
  const language = languageOf({ parsed }) ?? null;
  const dates = items.flatMap(({ published }) => published ?? []).sort();
  return {
    ...{ url: address, from, movedTo, waitSeconds, format: feed.format, title: title || feed.title, language },
    known: list.find((one) => one.url === address)?.id ?? null,
    suggestedId: freeId(feed.title || new URL(address).hostname, language ?? "und", list),
    items: items.length,
    newest: dates.at(-1) ?? null,
    sample: items.slice(0, SAMPLE).map(({ title: head, link, published, text }) => ({
      ...{ title: head, link, published },
      text: text.slice(0, SAMPLE_TEXT),
    })),
    warnings: [...warnings],
    warningsCoded: warnings.map(codedOf),
  };
}

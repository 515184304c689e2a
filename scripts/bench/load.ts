import type { Agency, Publication } from "../../src/demo/course.ts";
import { pick, type Random, seeded } from "./random.ts";
import { LOAD_LANGUAGES, type LoadLanguage, TOLLS, WORDING, type Wording } from "./wording.ts";

export const ITEMS_A_FEED = 50;
/** Title and text together, bytes of UTF-8: a notice. */
const ITEM_BYTES = 1024;
/** Of all items: on the story without news; copies of an earlier item in another feed. */
const QUIET_STORY_SHARE = 0.05;
const COPY_SHARE = 0.05;
const FIRST_TOLL = 111;
/** The week of the story; each round is published an hour after the one before. */
const BEGIN = Date.parse("2022-09-16T06:00:00Z");
const HOUR_MS = 3_600_000;
const FORMATS = ["rss", "rss", "atom", "rss", "json"] as const;

/** A feed of the load, with what it publishes in one round. */
export interface LoadFeed {
  readonly agency: Agency;
  readonly items: readonly Publication[];
}

export interface Load {
  readonly feeds: readonly LoadFeed[];
  readonly items: number;
  /** Items of which each tells a toll higher than any before. */
  readonly alerting: number;
  readonly onStory: number;
  readonly copies: number;
}

/**
 * One round of the load: 50 items of 1 KB, or as large as is said, from each feed, in seven languages. A tenth is on the story, half of it tells
 * rising tolls (at 200 feeds: 500 items, in ten feeds), a twentieth of the rest copies another feed's item under a
 * credit line of its own. The same round is the same everywhere.
 */
export function makeLoad(feeds: number, round: number, itemBytes = ITEM_BYTES): Load {
  const random = seeded(20_220_913 + round * 7919);
  const tolling = tollingOf(feeds);
  const originals = new Map<LoadLanguage, Publication[]>(LOAD_LANGUAGES.map((lang) => [lang, []]));
  const counted = { onStory: 0, copies: 0 };
  const made = Array.from({ length: feeds }, (_, place): LoadFeed => {
    const toll = place < tolling ? TOLLS[place] : undefined;
    const lang = languageOf(place, feeds);
    const agency = agencyOf(place, lang);
    const items = Array.from({ length: ITEMS_A_FEED }, (_, number): Publication => {
      const at = BEGIN + round * HOUR_MS + number * 60_000 + place * 100;
      const frame = { agency: agency.id, guid: `${round}-${number}`, published: new Date(at).toISOString() };
      if (toll !== undefined) {
        counted.onStory += 1;
        return { ...frame, ...textOf(lang, random, toll.text(tollOf(round * ITEMS_A_FEED + number)), itemBytes) };
      }
      const earlier = originals.get(lang) as Publication[];
      const dice = random();
      if (dice < QUIET_STORY_SHARE) {
        counted.onStory += 1;
        const quiet = { ...frame, ...textOf(lang, random, pick(WORDING[lang].story, random), itemBytes) };
        earlier.push(quiet);
        return quiet;
      }
      if (dice < QUIET_STORY_SHARE + COPY_SHARE && earlier.length > 0) {
        counted.copies += 1;
        const { title, text } = pick(earlier, random);
        return { ...frame, title, text: `${text} (${named(WORDING[lang].credit, lang, random)})` };
      }
      const item = { ...frame, ...textOf(lang, random, null, itemBytes) };
      earlier.push(item);
      return item;
    });
    return { agency, items };
  });
  return { feeds: made, items: feeds * ITEMS_A_FEED, alerting: tolling * ITEMS_A_FEED, ...counted };
}

/** How many of the feeds tell tolls. */
function tollingOf(feeds: number): number {
  return Math.min(TOLLS.length, Math.max(1, Math.round(feeds / 20)));
}

/** The language of a feed, which is the same in each round. */
export function languageOf(place: number, feeds: number): LoadLanguage {
  const toll = place < tollingOf(feeds) ? TOLLS[place] : undefined;
  return toll?.lang ?? (LOAD_LANGUAGES[place % LOAD_LANGUAGES.length] as LoadLanguage);
}

export function agencyOf(place: number, lang: LoadLanguage): Agency {
  return {
    id: `feed-${place}`,
    source: `Agency ${place}`,
    lang,
    tier: 1,
    timezone: "Asia/Yerevan",
    format: FORMATS[place % FORMATS.length] as Agency["format"],
    charset: "utf-8",
  };
}

/** Four digits from here to 2035 are rather a year. */
const FIRST_YEAR = 1900;
const PAST_YEARS = 140;

/** Rising, and never round: a round number may be another outlet's rounding, which is quiet. */
export function tollOf(place: number): number {
  const toll = FIRST_TOLL + Math.floor(place / 9) * 10 + (place % 9);
  return toll < FIRST_YEAR ? toll : toll + PAST_YEARS;
}

/** A title and a text of so many bytes together; `lead` is its first sentence and puts it on the story. */
export function textOf(
  lang: LoadLanguage,
  random: Random,
  lead: string | null,
  itemBytes = ITEM_BYTES,
): { title: string; text: string } {
  const { story } = WORDING[lang];
  const further = () => sentence(lang, random, lead !== null);
  const title = (lead === null ? further() : pick(story, random)).slice(0, -1);
  const parts = lead === null ? [] : [lead];
  let bytes = Buffer.byteLength(title) + Buffer.byteLength(lead ?? "");
  while (bytes < itemBytes) {
    const next = further();
    parts.push(next);
    bytes += Buffer.byteLength(next) + 1;
  }
  return { title, text: parts.join(" ") };
}

function sentence(lang: LoadLanguage, random: Random, onStory: boolean): string {
  const { join = inOrder, end, ...wording } = WORDING[lang] as Wording;
  const { subjects, verbs, objects, adjuncts } = onStory ? wording.aside : wording;
  const text = join(pick(subjects, random), pick(verbs, random), pick(objects, random), pick(adjuncts, random));
  const capital = named(text, lang, random);
  return capital.charAt(0).toLocaleUpperCase(lang) + capital.slice(1) + end;
}

const inOrder = (subject: string, verb: string, object: string, adjunct: string): string =>
  `${subject} ${verb} ${object} ${adjunct}`;

function named(text: string, lang: LoadLanguage, random: Random): string {
  const { syllables } = WORDING[lang];
  return text
    .replaceAll("NAME", () => {
      const name = pick(syllables, random) + pick(syllables, random) + pick(syllables, random);
      return name.charAt(0).toLocaleUpperCase(lang) + name.slice(1);
    })
    .replaceAll("NUM", () => String(2 + Math.floor(random() * 900)));
}

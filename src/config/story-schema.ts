import { z } from "zod";
import { compilePhrases, type Phrase, type PhraseMatcher } from "../domain/language/phrases.ts";
import { type Capital, ENTITY_KINDS, type Entity, type EntityName, type Story } from "../domain/story.ts";
import { phraseList } from "./phrase-list.ts";
import { zoneSchema } from "./zone-schema.ts";

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a date as YYYY-MM-DD");

const DAY_MS = 86_400_000;

const entitySchema = z.strictObject({
  kind: z.enum(ENTITY_KINDS),
  side: z.string().min(1).nullable(),
  offices: z.array(z.string().min(1)).optional(),
  territoryOf: z.enum(["armenia", "azerbaijan"]).nullable().optional(),
  peopleOf: z.enum(["armenia", "azerbaijan"]).optional(),
  namesake: z.string().optional(),
  names: phraseList,
  only: z.record(z.string(), phraseList).optional(),
});

const sideSchema = z.enum(["armenia", "azerbaijan"]);

/** `config/stories/<story>/story.yaml` */
export const storySchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    title: z.string().min(1),
    timezone: zoneSchema,
    window: z.strictObject({ from: day, to: day }),
    copiesWithinDays: z.number().positive().max(90).default(14),
    periods: z.array(z.strictObject({ days: z.strictObject({ from: day, to: day }), names: phraseList })).default([]),
    home: z.record(z.string(), sideSchema).default({}),
    martyrs: z.record(z.string(), sideSchema).default({}),
    elsewhere: z.array(z.string()).default([]),
    entities: z.record(z.string(), entitySchema),
  })
  .superRefine((story, context) => {
    for (const [id, entity] of Object.entries(story.entities)) {
      if (entity.namesake === undefined || entity.namesake in story.entities) continue;
      context.addIssue({
        code: "custom",
        path: ["entities", id, "namesake"],
        message: `no entity «${entity.namesake}»`,
      });
    }
  });

type StoryFile = z.output<typeof storySchema>;

/** Compiles the entities and the matcher of their names. Throws an Error that names a malformed phrase. */
export function compileStory(
  file: StoryFile,
): Pick<
  Story,
  | "id"
  | "title"
  | "timezone"
  | "window"
  | "copyWindowMs"
  | "home"
  | "martyrs"
  | "elsewhere"
  | "periods"
  | "entities"
  | "names"
> {
  const entities = new Map(Object.entries(file.entities).map(([id, data]) => [id, entityOf(id, data)]));
  return {
    id: file.id,
    title: file.title,
    timezone: file.timezone,
    window: file.window,
    copyWindowMs: file.copiesWithinDays * DAY_MS,
    home: file.home,
    martyrs: file.martyrs,
    elsewhere: new Set(file.elsewhere),
    periods: compilePhrases(
      file.periods.flatMap(({ days, names }) => names.map((phrase) => ({ phrase, payload: days }))),
    ),
    entities,
    names: namesOf(file, entities),
  };
}

function entityOf(id: string, data: StoryFile["entities"][string]): Entity {
  return {
    id,
    kind: data.kind,
    side: data.side,
    ...(data.offices ? { offices: data.offices } : {}),
    ...(data.territoryOf !== undefined ? { territoryOf: data.territoryOf } : {}),
    ...(data.peopleOf !== undefined ? { peopleOf: data.peopleOf } : {}),
    ...(data.namesake !== undefined ? { namesake: data.namesake } : {}),
  };
}

/** The spellings of all languages are compiled once; a language's own ones, which are few, beside them. */
function namesOf(file: StoryFile, entities: ReadonlyMap<string, Entity>): Story["names"] {
  const shared = compilePhrases(spellingsOf(entities, (id) => file.entities[id]!.names));
  const matchers = new Map<string, PhraseMatcher<EntityName>>();
  return (lang) => {
    const matcher =
      matchers.get(lang) ??
      both(shared, compilePhrases(spellingsOf(entities, (id) => file.entities[id]!.only?.[lang] ?? [])));
    matchers.set(lang, matcher);
    return matcher;
  };
}

/** In order of place, the longest first at each. */
function both<T>(a: PhraseMatcher<T>, b: PhraseMatcher<T>): PhraseMatcher<T> {
  return (tokens, from, to) => {
    const own = b(tokens, from, to);
    const hits = a(tokens, from, to);
    return own.length === 0 ? hits : [...hits, ...own].sort((x, y) => x.first - y.first || y.last - x.last);
  };
}

function spellingsOf(
  entities: ReadonlyMap<string, Entity>,
  spellings: (id: string) => readonly string[],
): Phrase<EntityName>[] {
  return [...entities].flatMap(([id, entity]) =>
    spellings(id).map((phrase) => ({ phrase, payload: { entity, capital: capitalOf(phrase) } })),
  );
}

/** As the spelling is written in the file, so the text must write it: «US» is not "us", «Price» is not "price". */
function capitalOf(phrase: string): Capital {
  const word = /^\p{L}+/u.exec(phrase)?.[0] ?? "";
  if (!isCapital(word.charAt(0))) return "any";
  return word.length > 1 && [...word].every(isCapital) ? "all" : "first";
}

function isCapital(letter: string): boolean {
  return letter !== letter.toLowerCase();
}

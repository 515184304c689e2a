import { z } from "zod";
import type { FigureCue, FigureCues } from "../domain/claims/figure-cues.ts";
import { foldPhrase } from "../domain/language/folding.ts";
import { compilePhrases, type Phrase } from "../domain/language/phrases.ts";
import { rememberByWord } from "../domain/language/words.ts";
import { phraseText } from "./phrase-list.ts";

const phrases = z.array(phraseText).default([]);

const measure = z
  .strictObject({ counted: phrases, after: phrases, before: phrases, lost: phrases, moved: phrases })
  .prefault({})
  .describe("where a measure's words stand to their number; `lost` (before) and `moved` (after) need counted people");

const beforeAfter = z.strictObject({ before: phrases, after: phrases }).prefault({});
const anywhere = z.strictObject({ before: phrases, after: phrases, clause: phrases, item: phrases }).prefault({});

/** `config/languages/<iso>/figures.yaml`: the words that make a number a figure. Every part may be left out. */
export const figuresSchema = z.strictObject({
  measures: z
    .strictObject({
      killed: measure,
      wounded: measure,
      missing: measure,
      captured: measure,
      bodies: measure,
      displaced: measure,
      other: measure,
    })
    .prefault({}),
  area: z.array(z.strictObject({ words: phrases, squareKilometres: z.number().positive() })).default([]),
  people: z.strictObject({ military: phrases, civilian: phrases, anyone: phrases }).prefault({}),
  qualifiers: z
    .strictObject({
      /** What holds a word of qualifying and qualifies nothing: "handed over 32". */
      exact: beforeAfter,
      at_least: beforeAfter,
      more_than: beforeAfter,
      about: beforeAfter,
      nearly: beforeAfter,
      vague: beforeAfter,
    })
    .prefault({}),
  roles: z
    .strictObject({ previous: anywhere, increment: anywhere, component: anywhere, denied: anywhere })
    .prefault({}),
  frames: z
    .strictObject({
      light: phrases,
      and: phrases,
      break: phrases,
      change: phrases,
      from: phrases,
      to: phrases,
      both: phrases,
      "in-turn": phrases,
      own: phrases,
      self: phrases,
      enemy: phrases,
      against: phrases,
      "against-after": phrases,
      between: phrases,
      "between-after": phrases,
      agent: phrases,
      "agent-after": phrases,
      told: phrases,
      teller: phrases,
      affirm: phrases,
      border: phrases,
      accuse: phrases,
      control: phrases,
      claim: phrases,
      title: phrases,
      "from-side": phrases,
      in: phrases,
      of: phrases,
      among: phrases,
      count: phrases,
      rate: phrases,
      martyrs: phrases,
      land: phrases,
      extent: phrases,
      episode: phrases,
      thing: phrases,
      side: phrases,
      another: phrases,
      give: phrases,
      receive: phrases,
      handed: phrases,
      ahead: phrases,
      fray: phrases,
      added: phrases,
      besides: phrases,
      "besides-after": phrases,
      corrected: phrases,
    })
    .prefault({}),
  joining: phrases.describe("clitics that join a verb to what stands before: it begins a clause of its own"),
  articles: phrases.describe("articles written onto a noun, which no number counts then"),
  endings: z
    .strictObject({ from: phrases, to: phrases, part: phrases, against: phrases, about: phrases, in: phrases })
    .prefault({}),
});

export type FiguresFile = z.output<typeof figuresSchema>;

/** Turns a language's `figures.yaml` into the cues that the reading of figures takes. */
export function compileFigures(file: FiguresFile): FigureCues {
  const another = new Set(file.frames.another.flatMap(firstWords));
  return {
    match: compilePhrases([...measurePhrases(file), ...areaPhrases(file), ...otherPhrases(file)]),
    isAnother: rememberByWord(({ forms }) => forms.some((form) => another.has(form))),
    joining: file.joining.map(foldPhrase),
    articles: file.articles.map(foldPhrase),
    fromEndings: new Set(file.endings.from.map(foldPhrase)),
    toEndings: new Set(file.endings.to.map(foldPhrase)),
    aboutEndings: new Set(file.endings.about.map(foldPhrase)),
    partEndings: new Set(file.endings.part.map(foldPhrase)),
    inEndings: file.endings.in.map(foldPhrase),
    againstEndings: file.endings.against.map(foldPhrase),
  };
}

/** The words that a phrase may begin with: «(آخر|ثالث)», "one of (its|their)". */
function firstWords(phrase: string): string[] {
  const [first = ""] = phrase.split(" ");
  return first.replace(/[()]/g, "").split("|").map(foldPhrase);
}

function* measurePhrases(file: FiguresFile): Generator<Phrase<FigureCue>> {
  for (const [name, places] of Object.entries(file.measures)) {
    const kind = { kind: "measure", measure: name as keyof FiguresFile["measures"], factor: 1 } as const;
    for (const phrase of places.counted) yield { phrase, payload: { ...kind, place: "counted", weak: false } };
    for (const phrase of places.after) yield { phrase, payload: { ...kind, place: "after", weak: false } };
    for (const phrase of places.before) yield { phrase, payload: { ...kind, place: "before", weak: false } };
    for (const phrase of places.moved) yield { phrase, payload: { ...kind, place: "after", weak: true } };
    for (const phrase of places.lost) yield { phrase, payload: { ...kind, place: "before", weak: true } };
  }
}

function* areaPhrases(file: FiguresFile): Generator<Phrase<FigureCue>> {
  for (const { words, squareKilometres } of file.area) {
    const payload = {
      kind: "measure",
      measure: "area_km2",
      place: "counted",
      weak: false,
      factor: squareKilometres,
    } as const;
    for (const phrase of words) yield { phrase, payload };
  }
}

function* otherPhrases(file: FiguresFile): Generator<Phrase<FigureCue>> {
  for (const who of ["military", "civilian", "anyone"] as const) {
    for (const phrase of file.people[who]) yield { phrase, payload: { kind: "people", who } };
  }
  for (const [name, places] of Object.entries(file.qualifiers)) {
    const qualifier = name as keyof FiguresFile["qualifiers"];
    for (const phrase of places.before) yield { phrase, payload: { kind: "qualifier", qualifier, place: "before" } };
    for (const phrase of places.after) yield { phrase, payload: { kind: "qualifier", qualifier, place: "after" } };
  }
  for (const [name, places] of Object.entries(file.roles)) {
    const role = name as keyof FiguresFile["roles"];
    for (const place of ["before", "after", "clause", "item"] as const) {
      for (const phrase of places[place]) yield { phrase, payload: { kind: "role", role, place } };
    }
  }
  for (const [name, list] of Object.entries(file.frames)) {
    const frame = name as keyof FiguresFile["frames"];
    for (const phrase of list) yield { phrase, payload: { kind: "frame", frame } };
  }
}

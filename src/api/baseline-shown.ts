import { z } from "zod";
import type { BaselineDraft } from "../domain/baseline/draft.ts";
import type { Article } from "../domain/baseline/draft-article.ts";
import { codedOf, codedShown } from "./coded-reason.ts";

/** Where the baseline of a story stands. */
export const baselinePlace = z.object({
  story: z.string(),
  title: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  timezone: z.string(),
  file: z.string().meta({ description: "Inside the configuration folder." }),
  hash: z.string().nullable().meta({ description: "Of the file as it stands; null: there is none yet." }),
  loaded: z.boolean().meta({ description: "Whether Rasid works with the file as it stands; else after a restart." }),
  writable: z.boolean(),
});

/** The baseline of a story as its file has it, and what its claims may name. */
export const baselineShown = baselinePlace.extend({
  text: z.string().nullable(),
  baseline: z.looseObject({}).nullable().meta({ description: "What the file says; null where it has mistakes." }),
  speakers: z.array(z.object({ id: z.string(), side: z.string().nullable(), kind: z.string() })),
  sides: z.array(z.string()),
  positions: z.array(z.object({ topic: z.string(), position: z.string() })),
});

const span = z.object({ start: z.number(), end: z.number() });

/** A draft with the article as it was read: the spans of the claims lie in its title and text. */
export const draftShown = z.object({
  article: z.object({
    title: z.string(),
    text: z.string(),
    captions: z.array(span),
    published: z.string().nullable(),
    lang: z.string().nullable(),
  }),
  draft: z.looseObject({}).meta({ description: "As `rasid baseline draft --json` writes it." }),
  notesCoded: z.record(z.string(), codedShown).meta({ description: "Every note of a `review`, by its text." }),
});

export function showDraft({ article, draft }: { readonly article: Article; readonly draft: BaselineDraft }) {
  const notes = draftNotes(draft);
  return {
    article: { ...article, captions: [...article.captions] },
    draft: { ...draft },
    notesCoded: Object.fromEntries(notes.map((note) => [note, codedOf(note)])),
  };
}

function draftNotes({ article, events, discrepancies, background }: BaselineDraft): string[] {
  const claims = events.flatMap((event) => event.claims);
  return [article, ...events, ...claims, ...discrepancies, ...background].flatMap(({ review }) => review.split("; "));
}

const place = z.object({
  file: z.string(),
  line: z.number(),
  field: z.string(),
  problem: z.string(),
  problemCoded: codedShown,
});

/** What checking came to, on the text that would be saved. */
export const checkShown = z.object({
  text: z.string(),
  hash: z.string(),
  mistakes: z.array(place).meta({ description: "With any of these it is not saved." }),
  doubts: z.array(place).meta({ description: "What would be taken, and the story does not know." }),
});

export const savedShown = z.object({ file: z.string(), hash: z.string(), loaded: z.boolean() });

import type { z } from "zod";
import type { eventShown } from "../../../api/story-shown.ts";
import { useQuery } from "../../api/use-query.ts";
import { useLanguage } from "../../words/language.ts";
import { countedText } from "./counted-words.ts";
import { useLabels } from "./use-labels.ts";

/** A baseline event as it is named in lists. */
export interface NamedEvent {
  readonly id: string;
  /** Short: what is counted, or the topic. */
  readonly name: string;
  /** A sentence. */
  readonly gloss: string;
}

/** The baseline events of a story in the language of the interface, the one for all that is new last. */
export function useEvents(story: string | null): readonly NamedEvent[] {
  const language = useLanguage();
  const names = useLabels(story);
  const { data } = useQuery<{ events: z.output<typeof eventShown>[] }>(
    story === null ? null : `/api/v1/stories/${story}/events`,
  );
  return (data?.events ?? [])
    .filter(({ sameAs }) => sameAs === null)
    .map(({ id, gloss, baseline }) => {
      const sentence = gloss[language] ?? gloss.en ?? id;
      const figure = baseline.find((claim) => claim.figure)?.figure;
      const name = figure ? countedText(language, figure) : id === "new" ? sentence : names.topic(id);
      return { id, name, gloss: sentence };
    });
}

/** The first story's id; null until it is known. */
export function useStory(): string | null {
  const { data } = useQuery<{ stories: readonly { readonly id: string }[] }>("/api/v1/stories");
  return data?.stories[0]?.id ?? null;
}

import { useMemo } from "preact/hooks";
import type { StoryLabels } from "../../../api/story-shown.ts";
import { useQuery } from "../../api/use-query.ts";
import { type Language, useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/words.ts";
import { claimWords } from "./claim-words.ts";

/** What ids of a story are called in the language of the interface. */
export interface Namer {
  /** The story's title; null where it has none in the language. */
  readonly title: string | null;
  /** A person, a body or a side; `-` is nobody. */
  readonly entity: (id: string) => string;
  readonly position: (id: string) => string;
  readonly topic: (id: string) => string;
}

const NOBODY = new Set(["-", "", "unknown"]);

/** The labels of a story (`config/stories/<story>/labels.yaml`); an id without one is shown as words. */
export function useLabels(story: string | null): Namer {
  const language = useLanguage();
  const text = useWords(claimWords);
  const { data } = useQuery<StoryLabels>(story === null ? null : `/api/v1/stories/${story}/labels`);
  // The same object as long as nothing changed: charts are drawn anew when it changes.
  return useMemo(
    () => ({
      title: data?.title[language] ?? null,
      entity: (id: string) =>
        NOBODY.has(id) ? text.nobody : id === "any" ? text.happening : named(data?.entities, id, language),
      position: (id: string) => named(data?.positions, id, language),
      topic: (id: string) => named(data?.topics, id, language),
    }),
    [data, language, text],
  );
}

function named(labels: StoryLabels["entities"] | undefined, id: string, language: Language): string {
  const known = labels?.[id];
  return known?.[language] ?? known?.en ?? wordsOf(id);
}

/** A name as written stays; an id («un-security-council») becomes words. */
function wordsOf(id: string): string {
  return /^[a-z0-9]+(-[a-z0-9]+)+$/.test(id) ? id.replaceAll("-", " ") : id;
}

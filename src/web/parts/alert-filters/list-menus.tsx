import { ALERT_KINDS } from "../../../domain/alert/kinds.ts";
import { useQuery } from "../../api/use-query.ts";
import { useLanguageName } from "../../words/language-names.ts";
import { useWords } from "../../words/words.ts";
import { claimWords } from "../claims/claim-words.ts";
import { useEvents, useStory } from "../claims/use-events.ts";
import { type Choice, FilterMenu } from "../filter-menu.tsx";
import { useFeedNames } from "../use-feed-names.ts";
import type { AlertList, ChosenLists } from "./lists.ts";
import { words } from "./words.ts";

interface ListMenusProps {
  readonly lists: readonly AlertList[];
  readonly chosen: ChosenLists;
  readonly onChange: (list: AlertList, chosen: readonly string[]) => void;
}

/** A menu for each list that alerts are filtered by. Stories are offered where there are several. */
export function ListMenus({ lists, chosen, onChange }: ListMenusProps) {
  const text = useWords(words);
  const choices = useChoices();
  return (
    <>
      {lists
        .filter((list) => list !== "stories" || choices.stories.length > 1)
        .map((list) => (
          <FilterMenu
            key={list}
            label={text.lists[list]}
            choices={choices[list]}
            chosen={chosen[list]}
            onChange={(values) => onChange(list, values)}
          />
        ))}
    </>
  );
}

const distinct = (values: readonly string[]) => [...new Set(values)].sort((a, b) => a.localeCompare(b));

function useChoices(): Readonly<Record<AlertList, readonly Choice[]>> {
  const text = useWords(words);
  const named = useWords(claimWords);
  const languageName = useLanguageName();
  const events = useEvents(useStory());
  const feeds = useFeedNames();
  const { data: storyList } = useQuery<{ stories: readonly { id: string; title: string }[] }>("/api/v1/stories");
  return {
    kinds: ALERT_KINDS.map((kind) => ({ value: kind, label: named.kinds[kind] ?? kind })),
    events: events.map(({ id, name, gloss }) => ({ value: id, label: name, hint: gloss })),
    parties: Object.entries(text.parties).map(([value, label]) => ({ value, label })),
    languages: distinct(feeds.map(({ lang }) => lang)).map((lang) => ({ value: lang, label: languageName(lang) })),
    sources: distinct(feeds.map(({ source }) => source)).map((source) => ({ value: source, label: source })),
    stories: (storyList?.stories ?? []).map(({ id, title }) => ({ value: id, label: title })),
  };
}

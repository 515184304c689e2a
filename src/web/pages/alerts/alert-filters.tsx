import type { z } from "zod";
import type { feedShown } from "../../../api/feed-shown.ts";
import { ALERT_KINDS, SEVERITIES } from "../../../domain/alert/kinds.ts";
import { useQuery } from "../../api/use-query.ts";
import { claimWords } from "../../parts/claims/claim-words.ts";
import { useEvents, useStory } from "../../parts/claims/use-events.ts";
import { FilterMenu } from "../../parts/filter-menu.tsx";
import { useLanguageName } from "../../words/language-names.ts";
import { useWords } from "../../words/words.ts";
import { areSet, type Filters, keepFilters, type ListFilter } from "./filters.ts";
import { words } from "./words.ts";

const CONFIDENCES = [50, 60, 70, 80, 90];
const PARTIES = ["armenia", "azerbaijan", "both", "other"];

/** Everything that an endpoint can be filtered by. */
export function AlertFilters({ filters }: { filters: Filters }) {
  const text = useWords(words);
  const named = useWords(claimWords);
  const languageName = useLanguageName();
  const events = useEvents(useStory());
  const { data } = useQuery<{ feeds: z.output<typeof feedShown>[] }>("/api/v1/feeds");
  const { data: stories } = useQuery<{ stories: readonly { id: string; title: string }[] }>("/api/v1/stories");
  const feeds = data?.feeds ?? [];
  const distinct = (values: readonly string[]) => [...new Set(values)].sort((a, b) => a.localeCompare(b));
  const menu = (
    name: ListFilter,
    label: string,
    choices: readonly { value: string; label: string; hint?: string }[],
  ) => (
    <FilterMenu
      label={label}
      choices={choices}
      chosen={filters[name]}
      onChange={(chosen) => keepFilters({ ...filters, [name]: chosen })}
    />
  );
  return (
    <search class="filters" aria-label={text.filters}>
      {menu(
        "kinds",
        text.kind,
        ALERT_KINDS.map((kind) => ({ value: kind, label: named.kinds[kind] ?? kind })),
      )}
      {menu(
        "events",
        text.event,
        events.map(({ id, name, gloss }) => ({ value: id, label: name, hint: gloss })),
      )}
      <label class="filter-labelled">
        {text.severity}
        <select
          value={filters.minSeverity}
          onChange={({ currentTarget }) => keepFilters({ ...filters, minSeverity: currentTarget.value })}
        >
          <option value="">{text.any}</option>
          {SEVERITIES.slice(1).map((severity) => (
            <option key={severity} value={severity}>
              {text.severityFrom(named.severities[severity] ?? severity)}
            </option>
          ))}
        </select>
      </label>
      <label class="filter-labelled">
        {text.confidence}
        <select
          value={filters.minConfidence}
          onChange={({ currentTarget }) => keepFilters({ ...filters, minConfidence: currentTarget.value })}
        >
          <option value="">{text.any}</option>
          {CONFIDENCES.map((percent) => (
            <option key={percent} value={String(percent / 100)}>
              {text.from(percent)}
            </option>
          ))}
        </select>
      </label>
      {menu(
        "parties",
        text.party,
        PARTIES.map((party) => ({ value: party, label: text.parties[party] ?? party })),
      )}
      {menu(
        "languages",
        text.language,
        distinct(feeds.map(({ lang }) => lang)).map((lang) => ({ value: lang, label: languageName(lang) })),
      )}
      {menu(
        "sources",
        text.source,
        distinct(feeds.map(({ source }) => source)).map((source) => ({ value: source, label: source })),
      )}
      {(stories?.stories.length ?? 0) > 1 &&
        menu(
          "stories",
          text.story,
          (stories?.stories ?? []).map(({ id, title }) => ({ value: id, label: title })),
        )}
      {areSet(filters) && (
        <button type="button" class="button button-quiet" onClick={() => keepFilters(NO_FILTERS)}>
          {text.clear}
        </button>
      )}
    </search>
  );
}

const NO_FILTERS: Filters = {
  kinds: [],
  events: [],
  parties: [],
  languages: [],
  sources: [],
  stories: [],
  minSeverity: "",
  minConfidence: "",
};

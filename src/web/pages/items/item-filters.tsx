import type { ComponentChildren } from "preact";
import { MEASURES } from "../../../domain/claims/claim.ts";
import { claimWords } from "../../parts/claims/claim-words.ts";
import { useEvents, useStory } from "../../parts/claims/use-events.ts";
import { useFeedNames } from "../../parts/use-feed-names.ts";
import { useLanguageName } from "../../words/language-names.ts";
import { useWords } from "../../words/words.ts";
import { areSet, type ItemFilters, keepFilters, NO_FILTERS } from "./filters.ts";
import { words } from "./words.ts";

/** What narrows the list besides the words searched for. */
export function ItemFilterBar({ filters }: { filters: ItemFilters }) {
  const text = useWords(words);
  const named = useWords(claimWords);
  const languageName = useLanguageName();
  const events = useEvents(useStory());
  const feeds = useFeedNames();
  const langs = [...new Set(feeds.map(({ lang }) => lang))].sort((a, b) =>
    languageName(a).localeCompare(languageName(b)),
  );
  const select = (name: keyof ItemFilters, label: string, options: ComponentChildren) => (
    <label class="filter-labelled">
      {label}
      <select
        value={filters[name]}
        onChange={({ currentTarget }) => keepFilters({ ...filters, [name]: currentTarget.value })}
      >
        {options}
      </select>
    </label>
  );
  const day = (name: "from" | "to", label: string) => (
    <label class="filter-labelled">
      {label}
      <input
        type="date"
        value={filters[name]}
        onChange={({ currentTarget }) => keepFilters({ ...filters, [name]: currentTarget.value })}
      />
    </label>
  );
  return (
    <div class="filters item-filters">
      {select(
        "relevant",
        text.belongs,
        <>
          <option value="">{text.anyStory}</option>
          <option value="true">{text.relevant}</option>
          <option value="false">{text.irrelevant}</option>
        </>,
      )}
      {select(
        "claim",
        text.claim,
        <>
          <option value="">{text.anyClaim}</option>
          <option value="any">{text.withClaims}</option>
          <option value="none">{text.withoutClaims}</option>
          {events.map(({ id, name, gloss }) => (
            <option key={id} value={`event:${id}`} title={gloss}>
              {name}
            </option>
          ))}
        </>,
      )}
      {select(
        "measure",
        text.measure,
        <>
          <option value="">{text.anyMeasure}</option>
          {MEASURES.filter((measure) => measure !== "other").map((measure) => (
            <option key={measure} value={measure}>
              {named.measures[measure] ?? measure}
            </option>
          ))}
        </>,
      )}
      {select(
        "lang",
        text.language,
        <>
          <option value="">{text.allLanguages}</option>
          {langs.map((lang) => (
            <option key={lang} value={lang}>
              {languageName(lang)}
            </option>
          ))}
        </>,
      )}
      {select(
        "feed",
        text.feed,
        <>
          <option value="">{text.allFeeds}</option>
          {feeds.map(({ id, source }) => (
            <option key={id} value={id}>
              {source}
            </option>
          ))}
        </>,
      )}
      {day("from", text.from)}
      {day("to", text.to)}
      {areSet(filters) && (
        <button type="button" class="button button-quiet" onClick={() => keepFilters({ ...NO_FILTERS, q: filters.q })}>
          {text.clear}
        </button>
      )}
    </div>
  );
}

import { LeastSelects } from "../../parts/alert-filters/least-selects.tsx";
import { ListMenus } from "../../parts/alert-filters/list-menus.tsx";
import { Time } from "../../parts/time.tsx";
import { useWords } from "../../words/words.ts";
import { areSet, type Filters, keepFilters, NO_FILTERS } from "./filters.ts";
import { words } from "./words.ts";

/** Everything that an endpoint can be filtered by. */
export function AlertFilters({ filters }: { filters: Filters }) {
  const text = useWords(words);
  const change = (changes: Partial<Filters>) => keepFilters({ ...filters, ...changes });
  const menus = { chosen: filters, onChange: (list: string, chosen: readonly string[]) => change({ [list]: chosen }) };
  return (
    <search class="filters" aria-label={text.filters}>
      <ListMenus lists={["kinds", "events"]} {...menus} />
      <LeastSelects least={filters} onChange={change} />
      <ListMenus lists={["parties", "languages", "sources", "stories"]} {...menus} />
      {filters.since !== "" && (
        <span class="filter-labelled">
          {text.enteredSince} <Time at={filters.since} />
        </span>
      )}
      {areSet(filters) && (
        <button type="button" class="button button-quiet" onClick={() => keepFilters(NO_FILTERS)}>
          {text.clear}
        </button>
      )}
    </search>
  );
}

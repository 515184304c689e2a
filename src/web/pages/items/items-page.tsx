import { useMemo, useState } from "preact/hooks";
import type { z } from "zod";
import type { itemShown } from "../../../api/item-shown.ts";
import { usePages } from "../../api/use-query.ts";
import { FilterFold } from "../../parts/filter-fold.tsx";
import { Form } from "../../parts/form.tsx";
import { Icon } from "../../parts/icon.tsx";
import { NothingYet } from "../../parts/nothing-yet.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageKeys } from "../../parts/page-keys.tsx";
import { PagedList } from "../../parts/paged-list.tsx";
import { StateMessage } from "../../parts/state-message.tsx";
import { moveFocus, useKeys } from "../../parts/use-keys.ts";
import { useTyped } from "../../parts/use-typed.ts";
import type { PageProps } from "../../shell/router.ts";
import { useWords } from "../../words/words.ts";
import { areSet, filtersIn, type ItemFilters, keepFilters, queryOf } from "./filters.ts";
import { ItemFilterBar } from "./item-filters.tsx";
import { ItemRow } from "./item-row.tsx";
import { words } from "./words.ts";
import "../../parts/filters.css";
import "./items.css";

type Item = z.output<typeof itemShown>;
interface ItemPage {
  readonly items: readonly Item[];
  readonly next: string | null;
  readonly unsearched: number | null;
}

const PAGE = 30;

/** `/items`: everything that was published, searched in all scripts. */
export function Page({ query }: PageProps) {
  const text = useWords(words);
  const filters = useMemo(() => filtersIn(query), [query.toString()]);
  const asked = { ...queryOf(filters), limit: PAGE };
  const [unsearched, setUnsearched] = useState(0);
  const rowsOf = (page: ItemPage) => {
    setUnsearched(page.unsearched ?? 0);
    return page.items;
  };
  const pages = usePages<ItemPage, Item>("/api/v1/items", rowsOf, asked);
  useKeys({
    "/": () => document.querySelector<HTMLElement>("input[type=search]")?.focus(),
    j: () => moveFocus(".item-row-link", 1),
    k: () => moveFocus(".item-row-link", -1),
  });
  const narrowed = areSet(filters) || filters.q !== "";
  return (
    <>
      <PageHeader title={text.title} lead={text.lead} actions={<Keys />} />
      <div class="stack">
        <search class="stack" aria-label={text.search}>
          <SearchLine filters={filters} />
          <FilterFold label={text.filters} set={areSet(filters)}>
            <ItemFilterBar filters={filters} />
          </FilterFold>
        </search>
        {unsearched > 0 && <p class="muted small">{text.unsearched(unsearched)}</p>}
        <PagedList pages={pages} lines={8} empty={pages.rows.length === 0} nothing={<Nothing narrowed={narrowed} />}>
          <ol class="link-list" aria-label={text.list}>
            {pages.rows.map((item) => (
              <ItemRow key={item.id} item={item} />
            ))}
          </ol>
        </PagedList>
      </div>
    </>
  );
}

/** Searches while one types, a moment behind. */
function SearchLine({ filters }: { filters: ItemFilters }) {
  const text = useWords(words);
  const [line, setLine] = useTyped(filters.q, (q) => keepFilters({ ...filters, q }));
  return (
    <Form class="search-line" onSubmit={() => keepFilters({ ...filters, q: line })}>
      <Icon name="search" />
      <input
        type="search"
        // An empty field shows its placeholder, which is the interface's.
        dir={line === "" ? undefined : "auto"}
        value={line}
        maxLength={200}
        placeholder={text.placeholder}
        aria-label={text.search}
        aria-describedby="search-hint"
        onInput={({ currentTarget }) => setLine(currentTarget.value)}
      />
      <p id="search-hint" class="field-hint">
        {text.searchHint}
      </p>
    </Form>
  );
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  const text = useWords(words);
  if (narrowed) return <StateMessage kind="empty" title={text.nothing} hint={text.nothingHint} icon="search" />;
  return <NothingYet title={text.empty} hint={text.emptyHint} />;
}

function Keys() {
  const text = useWords(words);
  return (
    <PageKeys
      keys={[
        { keys: ["/"], does: text.keySearch },
        { keys: ["j", "k"], does: text.keyMove },
        { keys: ["Enter"], does: text.keyOpen },
      ]}
    />
  );
}

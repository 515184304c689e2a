import { useMemo } from "preact/hooks";
import { usePages } from "../../api/use-query.ts";
import { headlineOf, headlineText, type ShownAlert } from "../../parts/claims/alert-headline.ts";
import { useStory } from "../../parts/claims/use-events.ts";
import { useLabels } from "../../parts/claims/use-labels.ts";
import { FilterFold } from "../../parts/filter-fold.tsx";
import { Icon } from "../../parts/icon.tsx";
import { NothingYet } from "../../parts/nothing-yet.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageKeys } from "../../parts/page-keys.tsx";
import { PagedList } from "../../parts/paged-list.tsx";
import { StateMessage } from "../../parts/state-message.tsx";
import { moveFocus, useKeys } from "../../parts/use-keys.ts";
import type { PageProps } from "../../shell/router.ts";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/words.ts";
import { AlertFilters } from "./alert-filters.tsx";
import { AlertRow } from "./alert-row.tsx";
import { areSet, filtersIn, queryOf } from "./filters.ts";
import { useLiveAlerts } from "./use-live-alerts.ts";
import { words } from "./words.ts";
import "../../parts/filters.css";
import "./alerts.css";

interface AlertPage {
  readonly alerts: readonly ShownAlert[];
  readonly next: string | null;
}

const PAGE = 40;
const rowsOf = (page: AlertPage) => page.alerts;

/** `/alerts`: what was told, the newest first; new ones come in at the top. */
export function Page({ query }: PageProps) {
  const text = useWords(words);
  const filters = useMemo(() => filtersIn(query), [query.toString()]);
  const pages = usePages<AlertPage, ShownAlert>("/api/v1/alerts", rowsOf, {
    ...queryOf(filters),
    order: "newest",
    limit: PAGE,
  });
  const live = useLiveAlerts(filters);
  useKeys({
    j: () => moveFocus(".alert-row-link", 1),
    k: () => moveFocus(".alert-row-link", -1),
    "/": () => document.querySelector<HTMLElement>(".filters summary")?.focus(),
  });
  const read = new Set(pages.rows.map(({ id }) => id));
  const came = live.shown.filter(({ id }) => !read.has(id));
  const alerts = [...came, ...pages.rows];
  return (
    <>
      <PageHeader title={text.title} lead={text.lead} actions={<Keys />} />
      <div class="stack">
        <FilterFold label={text.filters} set={areSet(filters)}>
          <AlertFilters filters={filters} />
        </FilterFold>
        <Announcement alert={live.latest} />
        {live.waiting.length > 0 && (
          <button type="button" class="button button-primary alerts-waiting" onClick={live.show}>
            <Icon name="up" />
            {text.arrived(live.waiting.length)}
          </button>
        )}
        <PagedList pages={pages} lines={8} empty={alerts.length === 0} nothing={<Nothing filtered={areSet(filters)} />}>
          <ol class="link-list" aria-label={text.list}>
            {alerts.map((alert) => (
              <AlertRow key={alert.id} alert={alert} fresh={came.includes(alert)} />
            ))}
          </ol>
        </PagedList>
      </div>
    </>
  );
}

/** Says a new alert once, when the reader's software has nothing else to say. */
function Announcement({ alert }: { alert: ShownAlert | null }) {
  const text = useWords(words);
  const language = useLanguage();
  const names = useLabels(useStory());
  return (
    <p class="visually-hidden" role="status" aria-live="polite">
      {alert === null ? "" : text.announced(headlineText(headlineOf(alert.body, language, names), language))}
    </p>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  const text = useWords(words);
  if (filtered) return <StateMessage kind="empty" title={text.nothingFits} hint={text.nothingFitsHint} icon="search" />;
  return <NothingYet title={text.empty} hint={text.emptyHint} icon="bell" />;
}

function Keys() {
  const text = useWords(words);
  return (
    <PageKeys
      keys={[
        { keys: ["j", "k"], does: text.keyMove },
        { keys: ["Enter"], does: text.keyOpen },
        { keys: ["/"], does: text.keyFilter },
        { keys: ["Esc"], does: text.keyClose },
      ]}
    />
  );
}

import type { AuditedAction } from "../../../domain/audited-action.ts";
import { useAgain } from "../../api/use-again.ts";
import { usePages } from "../../api/use-query.ts";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { PagedList } from "../../parts/paged-list.tsx";
import { StateMessage } from "../../parts/state-message.tsx";
import { Time } from "../../parts/time.tsx";
import { useWords } from "../../words/words.ts";
import type { ApiKey, AuditEntry } from "./api-key.ts";
import { AuditFilterBar, areSet, auditFiltersIn, clearFilters, queryOf } from "./audit-filters.tsx";
import { AuditResult } from "./audit-result.tsx";
import { AuditTarget } from "./audit-target.tsx";
import { words } from "./words.ts";

interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly next: string | null;
}

interface AuditLogProps {
  readonly query: URLSearchParams;
  readonly keys: readonly ApiKey[];
  /** Changes when something was entered. */
  readonly turn: number;
}

const rowsOf = ({ entries }: AuditPage) => entries;
const PAGE = 50;

/** What was asked for: when, by whom, on what, and what came of it. */
export function AuditLog({ query, keys, turn }: AuditLogProps) {
  const text = useWords(words);
  const filters = auditFiltersIn(query);
  const pages = usePages<AuditPage, AuditEntry>("/api/v1/audit", rowsOf, { ...queryOf(filters), limit: PAGE });
  useAgain(turn, pages.reload);
  const nameOf = (actor: string) => text.actors[actor] ?? keyNamed(keys, actor) ?? actor;
  const actors = [...keys.map(({ id }) => `key:${id}`), ...Object.keys(text.actors)];
  const nothing = areSet(filters) ? (
    <StateMessage kind="empty" title={text.noEntriesIn}>
      <button type="button" class="button" onClick={clearFilters}>
        {text.clear}
      </button>
    </StateMessage>
  ) : (
    <StateMessage kind="empty" title={text.noEntries} hint={text.noEntriesHint} />
  );
  return (
    <section class="stack" aria-labelledby="audit">
      <div>
        <h2 id="audit">{text.audit}</h2>
        <p class="muted">{text.auditLead}</p>
      </div>
      <AuditFilterBar filters={filters} actors={actors.map((value) => ({ value, label: nameOf(value) }))} />
      <PagedList pages={pages} lines={6} empty={pages.rows.length === 0} nothing={nothing}>
        <DataTable
          caption={text.audit}
          columns={columnsOf(text, nameOf, keys)}
          rows={pages.rows}
          keyOf={({ id }) => id}
        />
      </PagedList>
    </section>
  );
}

/** A key's name and id («desk #2»), for names may be given twice. */
function keyNamed(keys: readonly ApiKey[], reference: string): string | null {
  const key = keys.find(({ id }) => `key:${id}` === reference);
  return key === undefined ? null : `${key.name} #${key.id}`;
}

function columnsOf(
  text: (typeof words)["en"],
  nameOf: (actor: string) => string,
  keys: readonly ApiKey[],
): readonly Column<AuditEntry>[] {
  return [
    {
      key: "what",
      label: text.what,
      heading: true,
      cell: ({ action }) => text.actions[action as AuditedAction] ?? <code dir="ltr">{action}</code>,
    },
    {
      key: "target",
      label: text.onWhat,
      cell: ({ target }) => <AuditTarget target={target} keyName={keyNamed(keys, target)} />,
    },
    { key: "who", label: text.who, cell: ({ actor }) => <bdi>{nameOf(actor)}</bdi> },
    { key: "result", label: text.result, cell: (entry) => <AuditResult entry={entry} /> },
    { key: "when", label: text.when, cell: ({ at }) => <Time at={at} as="both" /> },
  ];
}

import { useState } from "preact/hooks";
import { post } from "../../api/client.ts";
import { useQuery } from "../../api/use-query.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { Badge } from "../../parts/badge.tsx";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LoadingMessage, ProblemMessage, StateMessage } from "../../parts/state-message.tsx";
import { Time } from "../../parts/time.tsx";
import { mayWrite } from "../../shell/caller.ts";
import { navigate } from "../../shell/router.ts";
import { useWords } from "../../words/words.ts";
import { DeliveryList } from "./delivery-list.tsx";
import { type Endpoint, type EndpointHealth, endpointState, STATE_TONES } from "./endpoint-draft.ts";
import { EndpointForm } from "./endpoint-form.tsx";
import "./endpoints.css";
import { FilterSummary } from "./filter-summary.tsx";
import { SecretDialog } from "./secret-dialog.tsx";
import { words } from "./words.ts";

const EVERY_MS = 10_000;

/** `/endpoints`: who receives alerts, and how that goes. */
export function Page() {
  const text = useWords(words);
  const { data, error, loading, reload } = useQuery<{ endpoints: readonly Endpoint[] }>("/api/v1/endpoints", {
    everyMs: EVERY_MS,
  });
  const health = useQuery<{ endpoints: readonly EndpointHealth[] }>("/api/v1/endpoint-health", { everyMs: EVERY_MS });
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null);
  const add = mayWrite() && (
    <ActionButton icon="add" look="primary" does={() => setAdding(true)}>
      {text.add}
    </ActionButton>
  );
  return (
    <>
      <PageHeader title={text.title} lead={text.lead} actions={add} />
      {error !== null && data === undefined && <ProblemMessage problem={error} onRetry={reload} />}
      {loading && <LoadingMessage lines={5} />}
      {data !== undefined && (
        <div class="stack">
          {data.endpoints.length === 0 ? (
            <StateMessage kind="empty" icon="send" title={text.none} hint={text.noneHint}>
              {add}
            </StateMessage>
          ) : (
            <EndpointTable endpoints={data.endpoints} health={health.data?.endpoints ?? []} />
          )}
          <section class="stack">
            <h2>{text.deliveries}</h2>
            <DeliveryList endpoints={data.endpoints} />
          </section>
        </div>
      )}
      {adding && (
        <EndpointForm
          endpoint={null}
          onClose={() => setAdding(false)}
          onSave={async (body) => {
            const { id, secret } = await post<Endpoint & { secret: string }>("/api/v1/endpoints", body);
            setAdding(false);
            setMade({ id, secret });
            reload();
          }}
        />
      )}
      {made !== null && (
        <SecretDialog secret={made.secret} previousUntil={null} onClose={() => navigate(`/endpoints/${made.id}`)} />
      )}
    </>
  );
}

interface TableProps {
  readonly endpoints: readonly Endpoint[];
  readonly health: readonly EndpointHealth[];
}

function EndpointTable({ endpoints, health }: TableProps) {
  const text = useWords(words);
  const healthOf = (id: string) => health.find(({ endpoint }) => endpoint === id);
  const columns: readonly Column<Endpoint>[] = [
    {
      key: "endpoint",
      label: text.endpoint,
      heading: true,
      cell: ({ id, url, description }) => (
        <span class="endpoint-name">
          <a href={`/endpoints/${id}`}>
            <bdi>{description || url}</bdi>
          </a>
          {description !== "" && (
            <bdi dir="ltr" class="endpoint-url small muted">
              {url}
            </bdi>
          )}
        </span>
      ),
    },
    {
      key: "state",
      label: text.state,
      cell: (endpoint) => {
        const state = endpointState(endpoint, healthOf(endpoint.id));
        return <Badge tone={STATE_TONES[state]}>{text.states[state]}</Badge>;
      },
    },
    { key: "filters", label: text.wants, cell: ({ filters }) => <FilterSummary filters={filters} /> },
    {
      key: "last",
      label: text.lastDelivered,
      cell: ({ id }) => {
        const at = healthOf(id)?.lastDeliveredAt;
        return at == null ? "–" : <Time at={at} as="ago" />;
      },
    },
    {
      key: "owed",
      label: text.owed,
      numeric: true,
      cell: ({ id }) => (healthOf(id)?.waiting ?? 0) + (healthOf(id)?.retrying ?? 0),
    },
    {
      key: "dead",
      label: text.dead,
      numeric: true,
      cell: ({ id }) => {
        const dead = healthOf(id)?.dead ?? 0;
        return dead === 0 ? 0 : <strong class="endpoint-dead">{dead}</strong>;
      },
    },
  ];
  return <DataTable caption={text.title} columns={columns} rows={endpoints} keyOf={({ id }) => id} />;
}

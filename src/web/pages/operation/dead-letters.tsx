import type { z } from "zod";
import type { listedDelivery } from "../../../api/delivery-shown.ts";
import type { endpointShown } from "../../../api/endpoint-schema.ts";
import { useAgain } from "../../api/use-again.ts";
import { usePages, useQuery } from "../../api/use-query.ts";
import { AlertLink } from "../../parts/claims/alert-link.tsx";
import { DataTable } from "../../parts/data-table.tsx";
import { PagedList } from "../../parts/paged-list.tsx";
import { toldOf } from "../../parts/reasons/reason-text.ts";
import { ToldText } from "../../parts/reasons/told-text.tsx";
import { RedeliverButton } from "../../parts/redeliver-button.tsx";
import { Time } from "../../parts/time.tsx";
import { mayWrite } from "../../shell/caller.ts";
import { useWords } from "../../words/words.ts";
import { words } from "./words.ts";

type Delivery = z.output<typeof listedDelivery>;

type EndpointNamed = Pick<z.output<typeof endpointShown>, "id" | "url" | "description">;

interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  readonly next: string | null;
}

/** Deliveries that were given up, with a way to send them anew. @param count how many there are. */
export function DeadLetters({ count }: { count: number }) {
  const text = useWords(words);
  const pages = usePages("/api/v1/deliveries", (page: DeliveryPage) => page.deliveries, { states: "dead", limit: 20 });
  const { data } = useQuery<{ endpoints: readonly EndpointNamed[] }>(count === 0 ? null : "/api/v1/endpoints");
  const nameOf = (id: string) => {
    const endpoint = data?.endpoints.find((one) => one.id === id);
    return endpoint === undefined ? `#${id}` : endpoint.description || endpoint.url;
  };
  // Another count is another list.
  useAgain(count, pages.reload);
  return (
    <section class="stack" aria-labelledby="dead">
      <div>
        <h2 id="dead">{text.dead}</h2>
        {pages.rows.length > 0 && <p class="muted">{text.deadHint}</p>}
        {count === 0 && <p class="muted">{text.deadNone}</p>}
      </div>
      <PagedList pages={pages} lines={2} empty={pages.rows.length === 0} nothing={null}>
        <DataTable
          caption={text.dead}
          rows={pages.rows}
          keyOf={({ id }) => id}
          columns={[
            {
              key: "id",
              label: text.delivery,
              heading: true,
              cell: ({ id }) => <a href={`/deliveries/${id}`}>{id}</a>,
            },
            {
              key: "what",
              label: text.what,
              cell: ({ alert, tells }) =>
                alert === null || tells === null ? text.ping : <AlertLink id={alert} tells={tells} />,
            },
            {
              key: "endpoint",
              label: text.endpoint,
              cell: ({ endpoint }) => (
                <a href={`/endpoints/${endpoint}`}>
                  <bdi>{nameOf(endpoint)}</bdi>
                </a>
              ),
            },
            { key: "attempts", label: text.attempts, numeric: true, cell: ({ attempts }) => attempts },
            {
              key: "error",
              label: text.error,
              cell: ({ lastError, lastErrorCoded }) => <ToldText told={toldOf(lastError, lastErrorCoded)} />,
            },
            { key: "since", label: text.since, cell: ({ createdAt }) => <Time at={createdAt} /> },
            ...(mayWrite()
              ? [
                  {
                    key: "actions",
                    label: text.actions,
                    cell: ({ id }: Delivery) => <RedeliverButton delivery={id} onSent={pages.reload} />,
                  },
                ]
              : []),
          ]}
        />
      </PagedList>
    </section>
  );
}

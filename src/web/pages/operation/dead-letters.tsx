import { useEffect } from "preact/hooks";
import type { z } from "zod";
import type { deliveryShown } from "../../../api/delivery-shown.ts";
import { post } from "../../api/client.ts";
import { problemFrom, usePages } from "../../api/use-query.ts";
import { AttemptError } from "../../parts/attempt-error.tsx";
import { DataTable } from "../../parts/data-table.tsx";
import { notify } from "../../parts/notices.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Time } from "../../parts/time.tsx";
import { mayWrite } from "../../shell/caller.ts";
import { useWords } from "../../words/words.ts";
import { words } from "./words.ts";

type Delivery = z.output<typeof deliveryShown>;

interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  readonly next: string | null;
}

/** Deliveries that were given up, with a way to send them anew. @param count how many there are. */
export function DeadLetters({ count }: { count: number }) {
  const text = useWords(words);
  const pages = usePages("/api/v1/deliveries", (page: DeliveryPage) => page.deliveries, { states: "dead", limit: 20 });
  // Another count is another list.
  useEffect(pages.reload, [count]);
  const redeliver = async ({ id }: Delivery) => {
    try {
      await post(`/api/v1/deliveries/${id}/redeliver`);
      notify(text.redelivered);
      pages.reload();
    } catch (error) {
      notify(problemFrom(error).message, "danger");
    }
  };
  return (
    <section class="stack" aria-labelledby="dead">
      <div>
        <h2 id="dead">{text.dead}</h2>
        <p class="muted">{pages.rows.length === 0 ? text.deadNone : text.deadHint}</p>
      </div>
      {pages.rows.length > 0 && (
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
              key: "endpoint",
              label: text.endpoint,
              cell: ({ endpoint }) => <a href={`/endpoints/${endpoint}`}>{endpoint}</a>,
            },
            { key: "attempts", label: text.attempts, numeric: true, cell: ({ attempts }) => attempts },
            {
              key: "error",
              label: text.error,
              cell: ({ lastError }) => (lastError === null ? "–" : <AttemptError error={lastError} />),
            },
            { key: "since", label: text.since, cell: ({ createdAt }) => <Time at={createdAt} /> },
            {
              key: "actions",
              label: text.actions,
              cell: (delivery) => (
                <button
                  type="button"
                  class="button button-small"
                  disabled={!mayWrite()}
                  onClick={() => redeliver(delivery)}
                >
                  {text.redeliver}
                </button>
              ),
            },
          ]}
        />
      )}
      <Pager {...pages} />
    </section>
  );
}

import { useState } from "preact/hooks";
import { useAgain } from "../../api/use-again.ts";
import { usePages } from "../../api/use-query.ts";
import { Badge } from "../../parts/badge.tsx";
import { AlertLink } from "../../parts/claims/alert-link.tsx";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { PagedList } from "../../parts/paged-list.tsx";
import { toldOf } from "../../parts/reasons/reason-text.ts";
import { ToldText } from "../../parts/reasons/told-text.tsx";
import { RedeliverButton } from "../../parts/redeliver-button.tsx";
import { StateMessage } from "../../parts/state-message.tsx";
import { Time } from "../../parts/time.tsx";
import { mayWrite } from "../../shell/caller.ts";
import { useWords } from "../../words/words.ts";
import {
  DELIVERY_STATES,
  DELIVERY_TONES,
  type Delivery,
  type Endpoint,
  type ListedDelivery,
} from "./endpoint-draft.ts";
import { words } from "./words.ts";

interface DeliveryListProps {
  /** Their names; of a single one the column is left out. */
  readonly endpoints: readonly Endpoint[];
  /** Deliveries to this endpoint alone. */
  readonly endpoint?: string;
  /** Changes when the list has to be read anew. */
  readonly turn?: number;
}

interface DeliveryPage {
  readonly deliveries: readonly ListedDelivery[];
  readonly next: string | null;
}

const rowsOf = (page: DeliveryPage) => page.deliveries;
const PAGE = 25;

/** Deliveries, the newest first, by state; the dead letters are one of them. */
export function DeliveryList({ endpoints, endpoint, turn = 0 }: DeliveryListProps) {
  const text = useWords(words);
  const [state, setState] = useState("");
  const pages = usePages<DeliveryPage, ListedDelivery>("/api/v1/deliveries", rowsOf, {
    endpoint,
    states: state,
    limit: PAGE,
  });
  useAgain(turn, pages.reload);
  return (
    <>
      <fieldset class="segments delivery-states">
        <legend class="visually-hidden">{text.filterDeliveries}</legend>
        {["", ...DELIVERY_STATES].map((one) => (
          <button key={one} type="button" aria-pressed={state === one} onClick={() => setState(one)}>
            {one === "" ? text.all : text.deliveryStates[one as Delivery["state"]]}
          </button>
        ))}
      </fieldset>
      <PagedList
        pages={pages}
        lines={4}
        empty={pages.rows.length === 0}
        nothing={
          <StateMessage
            kind="empty"
            title={state === "" ? text.noDeliveries : text.noDeliveriesIn}
            hint={state === "" ? text.noDeliveriesHint : undefined}
          />
        }
      >
        <DataTable
          caption={text.deliveries}
          columns={columnsOf(text, { endpoints, single: endpoint !== undefined, again: pages.reload })}
          rows={pages.rows}
          keyOf={({ id }) => id}
        />
      </PagedList>
    </>
  );
}

function columnsOf(
  text: (typeof words)["en"],
  { endpoints, single, again }: { endpoints: readonly Endpoint[]; single: boolean; again: () => void },
): Column<ListedDelivery>[] {
  const nameOf = (id: string) => {
    const found = endpoints.find((one) => one.id === id);
    return found === undefined ? `#${id}` : found.description || found.url;
  };
  return [
    {
      key: "when",
      label: text.when,
      heading: true,
      cell: ({ id, createdAt }) => (
        <a href={`/deliveries/${id}`}>
          <Time at={createdAt} />
        </a>
      ),
    },
    {
      key: "state",
      label: text.state,
      cell: ({ state, nextAttemptAt }) => (
        <span class="delivery-state">
          <Badge tone={DELIVERY_TONES[state]}>{text.deliveryStates[state]}</Badge>
          {nextAttemptAt !== null && <Time at={nextAttemptAt} as="ago" />}
        </span>
      ),
    },
    ...(single
      ? []
      : [
          {
            key: "endpoint",
            label: text.endpoint,
            cell: ({ endpoint }: ListedDelivery) => (
              <a href={`/endpoints/${endpoint}`}>
                <bdi>{nameOf(endpoint)}</bdi>
              </a>
            ),
          },
        ]),
    {
      key: "what",
      label: text.what,
      cell: ({ alert, tells }) =>
        alert === null || tells === null ? (
          text.ping
        ) : (
          <span class="delivery-what">
            <AlertLink id={alert} tells={tells} />
          </span>
        ),
    },
    { key: "attempts", label: text.attempts, numeric: true, cell: ({ attempts }) => attempts },
    {
      key: "answer",
      label: text.answer,
      cell: ({ lastStatus, lastError, lastErrorCoded }) => (
        <span class="delivery-answer">
          <ToldText told={toldOf(lastError, lastErrorCoded)} otherwise={lastStatus ?? "–"} />
        </span>
      ),
    },
    ...(mayWrite()
      ? [
          {
            key: "again",
            label: "",
            cell: ({ id }: ListedDelivery) => <RedeliverButton delivery={id} onSent={again} />,
          },
        ]
      : []),
  ];
}

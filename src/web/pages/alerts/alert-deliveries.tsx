import { useState } from "preact/hooks";
import { post } from "../../api/client.ts";
import { useQuery } from "../../api/use-query.ts";
import { useSubmission } from "../../api/use-submission.ts";
import { Badge, type Tone } from "../../parts/badge.tsx";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { Form } from "../../parts/form.tsx";
import { Icon } from "../../parts/icon.tsx";
import { attempt } from "../../parts/notices.tsx";
import { toldOf } from "../../parts/reasons/reason-text.ts";
import { ToldText } from "../../parts/reasons/told-text.tsx";
import { RedeliverButton } from "../../parts/redeliver-button.tsx";
import { Time } from "../../parts/time.tsx";
import { mayWrite } from "../../shell/caller.ts";
import { useWords } from "../../words/words.ts";
import type { Explained } from "./alert-page.tsx";
import { words } from "./words.ts";

type Delivery = Explained["deliveries"][number];

interface EndpointList {
  readonly endpoints: readonly {
    readonly id: string;
    readonly url: string;
    readonly description: string;
    readonly enabled: boolean;
  }[];
}

const TONES: Readonly<Record<string, Tone>> = {
  pending: "notice",
  delivering: "notice",
  delivered: "good",
  failed: "warning",
  dead: "danger",
};

/** To whom the alert was sent, how that ended, and how to send it again. */
export function AlertDeliveries({ explained, reload }: { explained: Explained; reload: () => void }) {
  const text = useWords(words);
  const { data } = useQuery<EndpointList>("/api/v1/endpoints");
  const endpoints = data?.endpoints ?? [];
  const nameOf = (id: string) => {
    const endpoint = endpoints.find((one) => one.id === id);
    return endpoint === undefined ? id : endpoint.description || endpoint.url;
  };
  const { busy, submit: send } = useSubmission(async (endpoint: string) => {
    const sent = await attempt(
      () => post(`/api/v1/endpoints/${endpoint}/send`, { alert: explained.alert.id }),
      () => text.sent,
    );
    if (sent) reload();
  });
  const columns: Column<Delivery>[] = [
    {
      key: "endpoint",
      label: text.endpoint,
      heading: true,
      cell: ({ endpoint }) => (
        <a href={`/endpoints/${endpoint}`}>
          <bdi>{nameOf(endpoint)}</bdi>
        </a>
      ),
    },
    {
      key: "state",
      label: text.state,
      cell: ({ id, state }) => (
        <a href={`/deliveries/${id}`}>
          <Badge tone={TONES[state] ?? "neutral"}>{text.states[state] ?? state}</Badge>
        </a>
      ),
    },
    { key: "attempts", label: text.attempts, numeric: true, cell: ({ attempts }) => attempts },
    {
      key: "answer",
      label: text.answer,
      cell: ({ lastStatus, lastError, lastErrorCoded }) => (
        <ToldText told={toldOf(lastError, lastErrorCoded)} otherwise={lastStatus ?? "–"} />
      ),
    },
    {
      key: "when",
      label: text.when,
      cell: ({ deliveredAt, nextAttemptAt, createdAt }) => <Time at={deliveredAt ?? nextAttemptAt ?? createdAt} />,
    },
  ];
  if (mayWrite())
    columns.push({
      key: "again",
      label: text.actions,
      cell: ({ id }) => <RedeliverButton delivery={id} onSent={reload} />,
    });
  return (
    <section class="stack">
      <h2>{text.deliveries}</h2>
      {explained.deliveries.length === 0 && <p class="muted">{text.deliveriesNone}</p>}
      {explained.deliveries.length > 0 && (
        <DataTable caption={text.deliveries} columns={columns} rows={explained.deliveries} keyOf={({ id }) => id} />
      )}
      {mayWrite() && data !== undefined && (
        <SendTo endpoints={endpoints.filter(({ enabled }) => enabled)} busy={busy} onSend={send} />
      )}
    </section>
  );
}

interface SendToProps {
  readonly endpoints: EndpointList["endpoints"];
  readonly busy: boolean;
  readonly onSend: (endpoint: string) => Promise<void>;
}

function SendTo({ endpoints, busy, onSend }: SendToProps) {
  const text = useWords(words);
  const [chosen, setChosen] = useState("");
  if (endpoints.length === 0)
    return (
      <p>
        {text.noEndpoints} <a href="/endpoints">{text.addEndpoint}</a>
      </p>
    );
  return (
    <Form
      class="row alert-send"
      onSubmit={async () => {
        if (chosen !== "") await onSend(chosen);
      }}
    >
      <label class="filter-labelled">
        {text.sendTo}
        <select value={chosen} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
          <option value="">{text.choose}</option>
          {endpoints.map(({ id, url, description }) => (
            <option key={id} value={id}>
              {description || url}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button" disabled={busy || chosen === ""}>
        <Icon name="send" flip />
        {text.send}
      </button>
    </Form>
  );
}

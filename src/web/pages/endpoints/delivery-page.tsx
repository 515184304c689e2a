import type { z } from "zod";
import type { attemptShown } from "../../../api/delivery-shown.ts";
import { useQuery } from "../../api/use-query.ts";
import { Badge } from "../../parts/badge.tsx";
import { AlertLink } from "../../parts/claims/alert-link.tsx";
import { Fact } from "../../parts/fact.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { toldOf } from "../../parts/reasons/reason-text.ts";
import { ToldText } from "../../parts/reasons/told-text.tsx";
import { RedeliverButton } from "../../parts/redeliver-button.tsx";
import { StateCard } from "../../parts/state-card.tsx";
import { LoadingMessage, ProblemMessage, StateMessage } from "../../parts/state-message.tsx";
import { Time } from "../../parts/time.tsx";
import { mayWrite } from "../../shell/caller.ts";
import type { PageProps } from "../../shell/router.ts";
import { useWords } from "../../words/words.ts";
import { DELIVERY_TONES, type Endpoint, type ListedDelivery } from "./endpoint-draft.ts";
import "./endpoints.css";
import { words } from "./words.ts";

type Attempt = z.output<typeof attemptShown>;

/** A delivery with its body and every attempt. */
export type DeliveryDetail = ListedDelivery & { readonly body: unknown; readonly log: readonly Attempt[] };

const EVERY_MS = 4000;

/** `/deliveries/:id`: one alert to one endpoint: what was sent, and what was answered each time. */
export function Page({ params }: PageProps) {
  const text = useWords(words);
  const id = params.id ?? "";
  const path = `/api/v1/deliveries/${encodeURIComponent(id)}`;
  const { data: delivery, error, loading, reload } = useQuery<DeliveryDetail>(path, { everyMs: EVERY_MS });
  const endpoint = useQuery<Endpoint>(delivery === undefined ? null : `/api/v1/endpoints/${delivery.endpoint}`);
  const back = {
    href: delivery === undefined ? "/endpoints" : `/endpoints/${delivery.endpoint}`,
    label: endpoint.data?.description || endpoint.data?.url || text.title,
  };
  return (
    <>
      <PageHeader
        title={text.deliveryTitle(id)}
        back={back}
        actions={mayWrite() && delivery !== undefined && <RedeliverButton delivery={id} main onSent={reload} />}
      />
      {loading && <LoadingMessage lines={6} />}
      {error !== null && delivery === undefined && <ProblemMessage problem={error} onRetry={reload} />}
      {delivery !== undefined && <Detail delivery={delivery} />}
    </>
  );
}

function Detail({ delivery }: { delivery: DeliveryDetail }) {
  const text = useWords(words);
  return (
    <div class="stack">
      <StateCard
        tone={DELIVERY_TONES[delivery.state]}
        state={text.deliveryStates[delivery.state]}
        meaning={text.deliveryText[delivery.state]}
      >
        <dl class="facts-beside">
          <Fact label={text.what}>
            {delivery.alert === null || delivery.tells === null ? (
              text.ping
            ) : (
              <>
                <AlertLink id={delivery.alert} tells={delivery.tells} />
                <bdi class="mono delivery-id small muted">{delivery.alert}</bdi>
              </>
            )}
          </Fact>
          <Fact label="webhook-id">
            <bdi class="mono delivery-id">{delivery.webhookId}</bdi>
          </Fact>
          <Fact label={text.when}>
            <Time at={delivery.createdAt} as="both" />
          </Fact>
          {delivery.nextAttemptAt !== null && (
            <Fact label={text.next}>
              <Time at={delivery.nextAttemptAt} as="ago" />
            </Fact>
          )}
        </dl>
      </StateCard>
      <h2>{text.attemptsTitle(delivery.log.length)}</h2>
      {delivery.log.length === 0 && <StateMessage kind="empty" title={text.noAttempts} hint={text.noAttemptsHint} />}
      <ol class="attempts">
        {[...delivery.log].reverse().map((attempt, at) => (
          <AttemptCard key={attempt.number} attempt={attempt} open={at === 0} />
        ))}
      </ol>
      <section class="card">
        <h2>{text.body}</h2>
        <pre tabIndex={0} class="attempt-body" lang="en">
          {JSON.stringify(delivery.body, null, 2)}
        </pre>
      </section>
    </div>
  );
}

function AttemptCard({ attempt, open }: { attempt: Attempt; open: boolean }) {
  const text = useWords(words);
  const good = attempt.error === null && attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
  return (
    <li class="card">
      <details open={open}>
        <summary class="attempt-head">
          <span class="row">
            <strong>{text.attempt(attempt.number)}</strong>
            <Badge tone={good ? "good" : "danger"}>{attempt.status ?? text.noAnswer}</Badge>
            <span class="numeric">{text.milliseconds(attempt.durationMs)}</span>
            <span class="muted">
              <Time at={attempt.startedAt} />
            </span>
          </span>
        </summary>
        {attempt.error !== null && (
          <p class="field-problem">
            <ToldText told={toldOf(attempt.error, attempt.errorCoded)} />
          </p>
        )}
        <div class="attempt-parts">
          <Headers title={text.requestHeaders} headers={attempt.requestHeaders} />
          <Headers title={text.responseHeaders} headers={attempt.responseHeaders} />
        </div>
        {attempt.responseBody !== null && attempt.responseBody !== "" && (
          <>
            <h3>{text.responseBody}</h3>
            <pre tabIndex={0} class="attempt-body">
              {attempt.responseBody}
            </pre>
          </>
        )}
      </details>
    </li>
  );
}

function Headers({ title, headers }: { title: string; headers: Attempt["requestHeaders"] }) {
  const rows = Object.entries(headers ?? {});
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <dl class="headers" dir="ltr" lang="en">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt class="mono">{name}</dt>
            <dd class="mono">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

import { useState } from "preact/hooks";
import { useQuery } from "../../api/use-query.ts";
import { Fact } from "../../parts/fact.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PendingPage } from "../../parts/pending-page.tsx";
import { StateCard } from "../../parts/state-card.tsx";
import { Time } from "../../parts/time.tsx";
import { mayWrite } from "../../shell/caller.ts";
import type { PageProps } from "../../shell/router.ts";
import { useWords } from "../../words/words.ts";
import { DeliveryList } from "./delivery-list.tsx";
import { EndpointActions } from "./endpoint-actions.tsx";
import { type Endpoint, type EndpointHealth, endpointState, STATE_TONES } from "./endpoint-draft.ts";
import "./endpoints.css";
import { ProblemLine } from "../../parts/problem-line.tsx";
import { toldOf } from "../../parts/reasons/reason-text.ts";
import { ToldText } from "../../parts/reasons/told-text.tsx";
import { FilterSummary } from "./filter-summary.tsx";
import { PingCard } from "./ping-card.tsx";
import { ResendCard } from "./resend-card.tsx";
import { words } from "./words.ts";

const EVERY_MS = 5000;

/** `/endpoints/:id`: one subscriber: how it does, what it wants, and every delivery to it. */
export function Page({ params }: PageProps) {
  const text = useWords(words);
  const id = params.id ?? "";
  const path = `/api/v1/endpoints/${encodeURIComponent(id)}`;
  const { data: endpoint, error, loading, reload } = useQuery<Endpoint>(path, { everyMs: EVERY_MS });
  const health = useQuery<{ endpoints: readonly EndpointHealth[] }>("/api/v1/endpoint-health", { everyMs: EVERY_MS });
  const [turn, setTurn] = useState(0);
  const [pinged, setPinged] = useState<string | null>(null);
  const again = () => {
    setTurn((before) => before + 1);
    reload();
    health.reload();
  };
  const back = { href: "/endpoints", label: text.title };
  if (endpoint === undefined)
    return <PendingPage title={`${text.endpoint} ${id}`} back={back} asked={{ error, loading, reload }} lines={6} />;
  return (
    <>
      <PageHeader
        title={endpoint.description || new URL(endpoint.url).host}
        back={back}
        lead={
          <bdi dir="ltr" class="endpoint-url">
            {endpoint.url}
          </bdi>
        }
        actions={mayWrite() && <EndpointActions endpoint={endpoint} path={path} again={again} onPing={setPinged} />}
      />
      <div class="stack">
        {pinged !== null && <PingCard key={pinged} delivery={pinged} onDone={again} onClose={() => setPinged(null)} />}
        <Health endpoint={endpoint} health={health.data?.endpoints.find((one) => one.endpoint === id)} />
        <div class="card-columns">
          <Settings endpoint={endpoint} />
          {mayWrite() && <ResendCard endpoint={endpoint} path={path} onSent={again} />}
        </div>
        <section class="stack">
          <h2>{text.deliveries}</h2>
          <DeliveryList endpoints={[endpoint]} endpoint={id} turn={turn} />
        </section>
      </div>
    </>
  );
}

function Health({ endpoint, health }: { endpoint: Endpoint; health: EndpointHealth | undefined }) {
  const text = useWords(words);
  const state = endpointState(endpoint, health);
  return (
    <StateCard tone={STATE_TONES[state]} state={text.states[state]} meaning={text.stateText[state]}>
      {endpoint.disabledReason !== null && (
        <p>
          {text.disabledBecause} <ToldText told={toldOf(endpoint.disabledReason, endpoint.disabledReasonCoded)} />
        </p>
      )}
      <ProblemLine problem={toldOf(endpoint.problem, endpoint.problemCoded)} />
      {state === "failing" && health?.lastError != null && (
        <p>
          {text.lastAnswer} <ToldText told={toldOf(health.lastError, health.lastErrorCoded)} />
        </p>
      )}
      <dl class="facts-beside">
        <Fact label={text.lastDelivered}>
          {health?.lastDeliveredAt == null ? text.never : <Time at={health.lastDeliveredAt} as="ago" />}
        </Fact>
        <Fact label={text.waiting}>{health?.waiting ?? "–"}</Fact>
        <Fact label={text.retrying}>{health?.retrying ?? "–"}</Fact>
        <Fact label={text.dead}>{health?.dead ?? "–"}</Fact>
        {endpoint.failingSince !== null && (
          <Fact label={text.failingSince}>
            <Time at={endpoint.failingSince} as="ago" />
          </Fact>
        )}
        {endpoint.previousSecretUntil !== null && Date.parse(endpoint.previousSecretUntil) > Date.now() && (
          <Fact label={text.bothSign}>
            <Time at={endpoint.previousSecretUntil} as="both" />
          </Fact>
        )}
      </dl>
    </StateCard>
  );
}

function Settings({ endpoint }: { endpoint: Endpoint }) {
  const text = useWords(words);
  return (
    <section class="card">
      <h2>{text.settings}</h2>
      <dl class="facts-lines">
        <Fact label={text.wants}>
          <FilterSummary filters={endpoint.filters} />
        </Fact>
        <Fact label={text.headers}>
          {endpoint.headers.length === 0 ? "–" : <bdi dir="ltr">{endpoint.headers.join(", ")}</bdi>}
        </Fact>
        <Fact label={text.concurrency}>{endpoint.concurrency}</Fact>
        <Fact label={text.rate}>{endpoint.ratePerSecond ?? text.unlimited}</Fact>
        <Fact label={text.created}>
          <Time at={endpoint.createdAt} />
        </Fact>
        <Fact label={text.changed}>
          <Time at={endpoint.updatedAt} />
        </Fact>
      </dl>
    </section>
  );
}

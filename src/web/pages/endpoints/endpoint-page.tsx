import { useState } from "preact/hooks";
import { patch, post, remove } from "../../api/client.ts";
import { useQuery } from "../../api/use-query.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { Fact } from "../../parts/fact.tsx";
import { Icon } from "../../parts/icon.tsx";
import { attempt, notify } from "../../parts/notices.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PendingPage } from "../../parts/pending-page.tsx";
import { StateCard } from "../../parts/state-card.tsx";
import { Time } from "../../parts/time.tsx";
import { mayWrite } from "../../shell/caller.ts";
import { navigate, type PageProps } from "../../shell/router.ts";
import { useWords } from "../../words/words.ts";
import { DeliveryList } from "./delivery-list.tsx";
import { type Endpoint, type EndpointHealth, endpointState, STATE_TONES } from "./endpoint-draft.ts";
import { EndpointForm } from "./endpoint-form.tsx";
import "./endpoints.css";
import { FilterSummary } from "./filter-summary.tsx";
import { PingCard } from "./ping-card.tsx";
import { ResendCard } from "./resend-card.tsx";
import { SecretDialog } from "./secret-dialog.tsx";
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
        actions={mayWrite() && <Actions endpoint={endpoint} path={path} again={again} onPing={setPinged} />}
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

interface ActionsProps {
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly again: () => void;
  readonly onPing: (delivery: string) => void;
}

type Open = "edit" | "rotate" | "delete" | "disable" | null;

function Actions({ endpoint, path, again, onPing }: ActionsProps) {
  const text = useWords(words);
  const [open, setOpen] = useState<Open>(null);
  const [secret, setSecret] = useState<{ secret: string; previousSecretUntil: string } | null>(null);
  const close = () => setOpen(null);
  const act = async (work: () => Promise<unknown>, said: string | null) => {
    if (await attempt(work, () => said)) again();
    close();
  };
  const ping = async () => onPing((await post<{ delivery: string }>(`${path}/test`)).delivery);
  const rotate = async () => setSecret(await post<{ secret: string; previousSecretUntil: string }>(`${path}/rotate`));
  const drop = async () => {
    await remove(path);
    navigate("/endpoints");
  };
  return (
    <>
      {endpoint.enabled ? (
        <button type="button" class="button button-primary" onClick={() => void act(ping, null)}>
          <Icon name="send" flip />
          {text.sendPing}
        </button>
      ) : (
        <button
          type="button"
          class="button button-primary"
          onClick={() => void act(() => post(`${path}/enable`), text.enabledNow)}
        >
          <Icon name="play" />
          {text.enable}
        </button>
      )}
      <button type="button" class="button" onClick={() => setOpen("edit")}>
        {text.edit}
      </button>
      <button type="button" class="button" onClick={() => setOpen("rotate")}>
        <Icon name="key" />
        {text.rotate}
      </button>
      {endpoint.enabled && (
        <button type="button" class="button" onClick={() => setOpen("disable")}>
          <Icon name="pause" />
          {text.disable}
        </button>
      )}
      <button type="button" class="button button-danger" onClick={() => setOpen("delete")}>
        {text.delete}
      </button>
      {open === "edit" && (
        <EndpointForm
          endpoint={endpoint}
          onClose={close}
          onSave={async (body) => {
            await patch(path, body);
            notify(text.saved);
            again();
            close();
          }}
        />
      )}
      {open === "rotate" && (
        <ConfirmDialog title={text.rotateTitle} word={text.rotate} onClose={close} onYes={() => act(rotate, null)}>
          {text.rotateText}
        </ConfirmDialog>
      )}
      {open === "disable" && (
        <ConfirmDialog
          title={text.disableTitle}
          word={text.disable}
          onClose={close}
          onYes={() => act(() => post(`${path}/disable`), text.disabledNow)}
        >
          {text.disableText}
        </ConfirmDialog>
      )}
      {open === "delete" && (
        <ConfirmDialog
          title={text.deleteTitle}
          word={text.delete}
          danger
          onClose={close}
          onYes={() => act(drop, text.deleted)}
        >
          {text.deleteText}
        </ConfirmDialog>
      )}
      {secret !== null && (
        <SecretDialog
          secret={secret.secret}
          previousUntil={secret.previousSecretUntil}
          onClose={() => setSecret(null)}
        />
      )}
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
          {text.disabledBecause} <bdi>{endpoint.disabledReason}</bdi>
        </p>
      )}
      {endpoint.problem !== null && <p class="field-problem">{endpoint.problem}</p>}
      {state === "failing" && health?.lastError != null && (
        <p>
          {text.lastAnswer} <bdi>{health.lastError}</bdi>
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

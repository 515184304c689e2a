import type { ComponentChildren } from "preact";
import type { Conflict } from "../../../domain/dedup/conflicts.ts";
import { useQuery } from "../../api/use-query.ts";
import { StageError } from "../../parts/reasons/stage-error.tsx";
import { Time } from "../../parts/time.tsx";
import { useWords } from "../../words/words.ts";
import type { ItemDetail } from "./item-page.tsx";
import { words } from "./words.ts";

const STAGES = ["deduplicate", "classify", "match", "done"];

/** The stages that the newest revision went through, and what each decided. */
export function ItemWay({ item }: { item: ItemDetail }) {
  const text = useWords(words);
  const revision = item.revisions.at(-1);
  if (revision === undefined) return null;
  const reached = revision.stage === "parked" ? -1 : STAGES.indexOf(revision.stage);
  const isPast = (stage: string) => revision.relevant === false || reached > STAGES.indexOf(stage);
  const kinds: Readonly<Record<string, string>> = { first: text.first, copy: text.copyOf, exact: text.exactOf };
  const claims = item.claims.filter(({ revision: of }) => of === revision.id).length;
  return (
    <section class="card">
      <h2>{text.way}</h2>
      <ol class="way">
        <Step name={text.stepFetched} done>
          <Time at={revision.seenAt} />
        </Step>
        <Step name={text.stepCompared} done={revision.clusterKind !== null || isPast("deduplicate")}>
          {kinds[revision.clusterKind ?? ""] ?? (isPast("deduplicate") ? text.notCompared : text.stepWaiting)}
          {revision.veto !== null && (
            <span class="way-note">
              {text.veto} {text.conflicts[revision.veto.because as Conflict] ?? revision.veto.because}
            </span>
          )}
        </Step>
        <Step name={text.stepClassified} done={revision.relevant !== null}>
          {revision.relevant === null ? text.stepWaiting : revision.relevant ? text.isRelevant : text.isIrrelevant}
        </Step>
        <Step name={text.stepMatched} done={isPast("match")}>
          {revision.relevant === false ? text.notMatched : isPast("match") ? text.observed(claims) : text.stepWaiting}
        </Step>
      </ol>
      {revision.stage === "parked" && (
        <div class="way-error">
          {text.stages.parked}: <StageError error={revision.lastError} coded={revision.lastErrorCoded} />
        </div>
      )}
    </section>
  );
}

function Step({ name, done, children }: { name: string; done: boolean; children: ComponentChildren }) {
  return (
    <li class={done ? "way-step way-done" : "way-step"}>
      <span class="way-name">{name}</span>
      <span>{children}</span>
    </li>
  );
}

interface Cluster {
  readonly id: string;
  readonly members: readonly { readonly item: string; readonly revision: string; readonly kind: string | null }[];
}

/** The other items that carry the same report. */
export function ItemCluster({ item }: { item: ItemDetail }) {
  const text = useWords(words);
  const cluster = item.revisions.at(-1)?.cluster ?? null;
  const { data } = useQuery<Cluster>(cluster === null ? null : `/api/v1/clusters/${cluster}`);
  const { data: items } = useQuery<{ items: readonly { id: string; source: string; firstSeenAt: string }[] }>(
    cluster === null ? null : "/api/v1/items",
    { query: { cluster, limit: 50 } },
  );
  const others = (items?.items ?? []).filter(({ id }) => id !== item.id);
  if (data === undefined) return null;
  return (
    <section class="card">
      <h2>{text.cluster}</h2>
      {others.length === 0 && <p class="muted">{text.clusterAlone}</p>}
      <ul class="cluster-list">
        {others.map(({ id, source, firstSeenAt }) => (
          <li key={id}>
            <a href={`/items/${id}`}>
              <bdi>{source}</bdi>
            </a>
            <Time at={firstSeenAt} />
          </li>
        ))}
      </ul>
    </section>
  );
}

import type { z } from "zod";
import type { itemDetail } from "../../../api/item-shown.ts";
import type { TraceShown } from "../../../api/trace-shown.ts";
import { useQuery } from "../../api/use-query.ts";
import { PageHeader } from "../../parts/page-header.tsx";
import { PendingPage } from "../../parts/pending-page.tsx";
import { type ReadingState, ReadingView, type ReadText } from "../../parts/reading/reading-view.tsx";
import { LoadingMessage, ProblemMessage } from "../../parts/state-message.tsx";
import { Time } from "../../parts/time.tsx";
import { useKeys } from "../../parts/use-keys.ts";
import { navigate, type PageProps } from "../../shell/router.ts";
import { useWords } from "../../words/words.ts";
import { ItemCluster, ItemWay } from "./item-way.tsx";
import { Revisions } from "./revisions.tsx";
import { words } from "./words.ts";
import "./items.css";

export type ItemDetail = z.output<typeof itemDetail>;

/** An item as the API traces it. */
interface ItemTrace extends ReadText {
  readonly revision: number;
  readonly stage: string;
  readonly forgottenAt: string | null;
  readonly stories: readonly TraceShown[];
}

/** `/items/:id`: the item, what is read in it, and why it is, or is not, an alert. */
export function Page({ params, query }: PageProps) {
  const text = useWords(words);
  const id = params.id ?? "";
  const path = `/api/v1/items/${encodeURIComponent(id)}`;
  const revision = query.get("revision");
  const { data: item, error, loading, reload } = useQuery<ItemDetail>(path);
  const trace = useQuery<ItemTrace>(`${path}/trace`, { query: { revision } });
  useKeys({ Escape: () => navigate("/items") });
  const back = { href: "/items", label: text.back };
  if (item === undefined)
    return (
      <PendingPage
        title={text.title}
        back={back}
        asked={{ error, loading, reload }}
        lines={8}
        notFound={text.notFound}
      />
    );
  const newest = item.revisions.at(-1);
  return (
    <>
      <PageHeader
        title={newest?.title || text.untitled}
        {...(newest?.lang ? { lang: newest.lang } : {})}
        back={back}
        lead={<Marks item={item} />}
      />
      <div class="item-columns">
        <div class="stack">
          {trace.loading && <LoadingMessage lines={8} />}
          {trace.error !== null && <ProblemMessage problem={trace.error} onRetry={trace.reload} />}
          {trace.data !== undefined && <Traces trace={trace.data} />}
        </div>
        <aside class="stack">
          <ItemWay item={item} />
          <ItemCluster item={item} />
          <Revisions item={item} traced={trace.data?.revision ?? null} />
        </aside>
      </div>
    </>
  );
}

function Traces({ trace }: { trace: ItemTrace }) {
  return (
    <>
      {trace.stories.map((one) => (
        <ReadingView key={one.story} read={trace} trace={one} state={stateOf(trace)} />
      ))}
    </>
  );
}

function stateOf({ stage, forgottenAt }: ItemTrace): ReadingState {
  if (forgottenAt !== null) return "forgotten";
  if (stage === "done") return "stored";
  return stage === "parked" ? "parked" : "waiting";
}

function Marks({ item }: { item: ItemDetail }) {
  const text = useWords(words);
  const published = item.revisions[0]?.publishedAt;
  return (
    <span class="row">
      <a href={`/feeds/${encodeURIComponent(item.feed)}`}>
        <bdi>{item.source}</bdi>
      </a>
      {published && (
        <span>
          {text.published} <Time at={published} />
        </span>
      )}
      <span>
        {text.seen} <Time at={item.firstSeenAt} />
      </span>
      {item.url !== null && (
        <a href={item.url} target="_blank" rel="noreferrer noopener">
          {text.original}
        </a>
      )}
    </span>
  );
}

import { useState } from "preact/hooks";
import { feedState } from "../../../domain/feed/feed-state.ts";
import { post, remove } from "../../api/client.ts";
import { problemFrom, useQuery } from "../../api/use-query.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { Fact } from "../../parts/fact.tsx";
import { Icon } from "../../parts/icon.tsx";
import { attempt } from "../../parts/notices.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PendingPage } from "../../parts/pending-page.tsx";
import { directionOf } from "../../parts/quote.tsx";
import { StateCard } from "../../parts/state-card.tsx";
import { LoadingMessage, StateMessage } from "../../parts/state-message.tsx";
import { Time } from "../../parts/time.tsx";
import { mayWrite } from "../../shell/caller.ts";
import { navigate, type PageProps } from "../../shell/router.ts";
import { useLanguage } from "../../words/language.ts";
import { spanText } from "../../words/spans.ts";
import { useWords } from "../../words/words.ts";
import { ActivityChart } from "./activity-bars.tsx";
import { type Activity, type Feed, type Probed, roundSpan, STATE_TONES } from "./feed-health.ts";
import "./feeds.css";
import { ProbeResult } from "./probe-result.tsx";
import { Trouble } from "./trouble.tsx";
import { words } from "./words.ts";

const EVERY_MS = 5000;

/** `/feeds/:id`: how one feed does, and what can be done with it. */
export function Page({ params }: PageProps) {
  const text = useWords(words);
  const id = params.id ?? "";
  const path = `/api/v1/feeds/${encodeURIComponent(id)}`;
  const { data: feed, error, loading, reload } = useQuery<Feed>(path, { everyMs: EVERY_MS });
  const [probe, setProbe] = useState<Probe>({ state: "none" });
  const back = { href: "/feeds", label: text.title };
  if (feed === undefined) return <PendingPage title={id} back={back} asked={{ error, loading, reload }} lines={6} />;
  return (
    <>
      <PageHeader
        title={feed.source}
        back={back}
        lead={
          <bdi dir="ltr" class="feed-url">
            {feed.movedTo ?? feed.url}
          </bdi>
        }
        actions={mayWrite() && <Actions feed={feed} path={path} reload={reload} onProbe={setProbe} />}
      />
      <div class="stack">
        <Health feed={feed} />
        <ProbeCard probe={probe} onClose={() => setProbe({ state: "none" })} />
        <ActivityCard feed={feed} />
        <div class="card-columns">
          <Facts feed={feed} />
          <NewestItems feed={feed} />
        </div>
      </div>
    </>
  );
}

type Probe =
  | { readonly state: "none" }
  | { readonly state: "looking" }
  | { readonly state: "failed"; readonly problem: string }
  | { readonly state: "found"; readonly feed: Probed };

interface ActionsProps {
  readonly feed: Feed;
  readonly path: string;
  readonly reload: () => void;
  readonly onProbe: (probe: Probe) => void;
}

function Actions({ feed, path, reload, onProbe }: ActionsProps) {
  const text = useWords(words);
  const [removing, setRemoving] = useState(false);
  const act = async (work: () => Promise<unknown>, said: string) => {
    if (await attempt(work, () => said)) reload();
  };
  const test = async () => {
    onProbe({ state: "looking" });
    try {
      const { feeds } = await post<{ feeds: Probed[] }>("/api/v1/feeds/probe", { url: feed.movedTo ?? feed.url });
      const [first] = feeds;
      onProbe(first === undefined ? { state: "none" } : { state: "found", feed: first });
    } catch (error) {
      const problem = problemFrom(error);
      onProbe({ state: "failed", problem: problem.problemOf("url") ?? problem.message });
    }
  };
  const polled = feed.configured && !feed.paused && feed.status !== "gone";
  const resumes = feed.paused || feed.status === "gone";
  return (
    <>
      <button type="button" class="button" onClick={() => void test()}>
        <Icon name="search" />
        {text.test}
      </button>
      {polled && (
        <button type="button" class="button" onClick={() => void act(() => post(`${path}/fetch`), text.fetchAsked)}>
          <Icon name="repeat" />
          {text.fetchNow}
        </button>
      )}
      {feed.configured && resumes && (
        <button
          type="button"
          class="button button-primary"
          onClick={() => void act(() => post(`${path}/resume`), text.resumed)}
        >
          <Icon name="play" />
          {text.resume}
        </button>
      )}
      {polled && (
        <button type="button" class="button" onClick={() => void act(() => post(`${path}/pause`), text.pausedNow)}>
          <Icon name="pause" />
          {text.pause}
        </button>
      )}
      {feed.configured && (
        <button type="button" class="button button-danger" onClick={() => setRemoving(true)}>
          {text.remove}
        </button>
      )}
      {removing && (
        <ConfirmDialog
          title={text.removeTitle(feed.source)}
          word={text.remove}
          danger
          onClose={() => setRemoving(false)}
          onYes={() =>
            act(async () => {
              await remove(path);
              navigate("/feeds");
            }, text.removed(feed.source))
          }
        >
          {text.removeText}
        </ConfirmDialog>
      )}
    </>
  );
}

function Health({ feed }: { feed: Feed }) {
  const text = useWords(words);
  const state = feedState(feed);
  const next = Date.parse(feed.nextFetchAt) <= Date.now();
  const polled = state !== "paused" && state !== "removed" && state !== "gone";
  return (
    <StateCard tone={STATE_TONES[state]} state={text.states[state]} meaning={text.stateText[state]}>
      {(state === "failing" || state === "gone" || feed.lastError !== null) && <Trouble feed={feed} advice />}
      <dl class="facts-beside">
        <Fact label={text.lastGood}>{feed.lastOkAt === null ? text.never : <Time at={feed.lastOkAt} as="ago" />}</Fact>
        <Fact label={text.lastNew}>
          {feed.lastNewItemAt === null ? text.never : <Time at={feed.lastNewItemAt} as="ago" />}
        </Fact>
        {polled && <Fact label={text.nextPoll}>{next ? text.due : <Time at={feed.nextFetchAt} as="ago" />}</Fact>}
        {feed.failingSince !== null && (
          <Fact label={text.failingSince}>
            <Time at={feed.failingSince} as="ago" /> · {text.failures(feed.failures)}
          </Fact>
        )}
      </dl>
    </StateCard>
  );
}

function ProbeCard({ probe, onClose }: { probe: Probe; onClose: () => void }) {
  const text = useWords(words);
  if (probe.state === "none") return null;
  return (
    <section class="card" aria-live="polite">
      <h2 class="row row-apart">
        {text.testResult}
        <button type="button" class="button button-quiet button-icon" aria-label={text.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </h2>
      {probe.state === "looking" && <LoadingMessage lines={3} />}
      {probe.state === "failed" && (
        <p class="field-problem" dir="auto">
          {probe.problem}
        </p>
      )}
      {probe.state === "found" && <ProbeResult feed={probe.feed} />}
    </section>
  );
}

function ActivityCard({ feed }: { feed: Feed }) {
  const text = useWords(words);
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { data } = useQuery<Activity>("/api/v1/feed-activity", { query: { timezone, feed: feed.id, days: 14 } });
  return (
    <section class="card">
      <h2>{text.activity}</h2>
      {data === undefined ? (
        <LoadingMessage lines={3} />
      ) : (
        <ActivityChart days={data.days} counts={data.feeds[feed.id] ?? data.days.map(() => 0)} />
      )}
    </section>
  );
}

function Facts({ feed }: { feed: Feed }) {
  const text = useWords(words);
  const language = useLanguage();
  const span = (seconds: number) => {
    const { amount, unit } = roundSpan(seconds);
    return spanText(language, amount, unit);
  };
  const rows: readonly (readonly [string, preact.ComponentChildren])[] = [
    [text.id, <bdi key="id">{feed.id}</bdi>],
    [
      text.address,
      <bdi key="url" dir="ltr" class="feed-url">
        {feed.url}
      </bdi>,
    ],
    ...(feed.movedTo === null ? [] : [[text.moved, <bdi key="moved">{feed.movedTo}</bdi>] as const]),
    [text.lang, feed.lang],
    [text.tier, text.tiers[feed.tier as 1 | 2 | 3] ?? String(feed.tier)],
    ...(feed.side === null ? [] : [[text.side, feed.side] as const]),
    [text.timezone, feed.timezone ?? "–"],
    [text.texts, feed.fullText ? text.textsPages : text.textsFeed],
    [text.interval, span(feed.intervalSeconds)],
    ...(feed.typicalGapSeconds === null ? [] : [[text.rhythm, span(feed.typicalGapSeconds)] as const]),
    ...(feed.silentAfterSeconds === null ? [] : [[text.silentAfter, span(feed.silentAfterSeconds)] as const]),
  ];
  return (
    <section class="card">
      <h2>{text.facts}</h2>
      <dl class="facts-lines">
        {rows.map(([label, value]) => (
          <Fact key={label} label={label}>
            {value}
          </Fact>
        ))}
      </dl>
    </section>
  );
}

interface ItemList {
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly lang: string | null;
    readonly firstSeenAt: string;
  }[];
}

function NewestItems({ feed }: { feed: Feed }) {
  const text = useWords(words);
  const { data } = useQuery<ItemList>("/api/v1/items", { query: { feed: feed.id, limit: 10 }, everyMs: EVERY_MS * 2 });
  return (
    <section class="card">
      <h2>{text.newestItems}</h2>
      {data === undefined && <LoadingMessage lines={4} />}
      {data?.items.length === 0 && <StateMessage kind="empty" title={text.nothingYet} hint={text.nothingYetHint} />}
      <ol class="feed-items">
        {data?.items.map((item) => (
          <li key={item.id}>
            <a
              href={`/items/${item.id}`}
              dir={directionOf(item.lang)}
              {...(item.lang === null ? {} : { lang: item.lang })}
            >
              {item.title || text.untitled}
            </a>
            <span class="small muted">
              <Time at={item.firstSeenAt} as="ago" />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

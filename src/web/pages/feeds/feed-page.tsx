import { useState } from "preact/hooks";
import { feedState } from "../../../domain/feed/feed-state.ts";
import { useQuery } from "../../api/use-query.ts";
import { Fact } from "../../parts/fact.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PendingPage } from "../../parts/pending-page.tsx";
import { StateCard } from "../../parts/state-card.tsx";
import { LoadingMessage } from "../../parts/state-message.tsx";
import { Time } from "../../parts/time.tsx";
import { mayWrite } from "../../shell/caller.ts";
import type { PageProps } from "../../shell/router.ts";
import { useLanguage } from "../../words/language.ts";
import { useLanguageName } from "../../words/language-names.ts";
import { spanText } from "../../words/spans.ts";
import { useWords } from "../../words/words.ts";
import { ActivityChart } from "./activity-bars.tsx";
import { FeedActions } from "./feed-actions.tsx";
import { type Activity, type Feed, isPolled, roundSpan, STATE_TONES } from "./feed-health.ts";
import "./feeds.css";
import { NewestItems } from "./newest-items.tsx";
import { type Probe, ProbeCard } from "./probe-card.tsx";
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
        actions={mayWrite() && <FeedActions feed={feed} path={path} reload={reload} onProbe={setProbe} />}
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

function Health({ feed }: { feed: Feed }) {
  const text = useWords(words);
  const state = feedState(feed);
  const next = Date.parse(feed.nextFetchAt) <= Date.now();
  return (
    <StateCard tone={STATE_TONES[state]} state={text.states[state]} meaning={text.stateText[state]}>
      {(state === "failing" || state === "gone" || feed.lastError !== null) && <Trouble feed={feed} advice />}
      <dl class="facts-beside">
        <Fact label={text.lastGood}>{feed.lastOkAt === null ? text.never : <Time at={feed.lastOkAt} as="ago" />}</Fact>
        <Fact label={text.lastNew}>
          {feed.lastNewItemAt === null ? text.never : <Time at={feed.lastNewItemAt} as="ago" />}
        </Fact>
        {isPolled(feed) && (
          <Fact label={text.nextPoll}>{next ? text.due : <Time at={feed.nextFetchAt} as="ago" />}</Fact>
        )}
        {feed.failingSince !== null && (
          <Fact label={text.failingSince}>
            <Time at={feed.failingSince} as="ago" /> · {text.failures(feed.failures)}
          </Fact>
        )}
      </dl>
    </StateCard>
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
  const languageName = useLanguageName();
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
    [text.lang, languageName(feed.lang)],
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

import { feedState } from "../../../domain/feed/feed-state.ts";
import { Badge } from "../../parts/badge.tsx";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { Time } from "../../parts/time.tsx";
import { useLanguage } from "../../words/language.ts";
import { useLanguageName } from "../../words/language-names.ts";
import { spanText } from "../../words/spans.ts";
import { numberText, useWords } from "../../words/words.ts";
import { ActivityBars } from "./activity-bars.tsx";
import { type Activity, type Feed, isPolled, roundSpan, STATE_TONES, sumOf } from "./feed-health.ts";
import { Trouble } from "./trouble.tsx";
import { words } from "./words.ts";

interface FeedTableProps {
  readonly feeds: readonly Feed[];
  /** undefined: not there yet. */
  readonly activity: Activity | undefined;
}

/** How each feed does. */
export function FeedTable({ feeds, activity }: FeedTableProps) {
  const text = useWords(words);
  const language = useLanguage();
  const columns: readonly Column<Feed>[] = [
    { key: "feed", label: text.feed, heading: true, cell: (feed) => <FeedName feed={feed} /> },
    { key: "state", label: text.state, cell: (feed) => <FeedStateCell feed={feed} /> },
    {
      key: "activity",
      label: text.activity,
      cell: (feed) => <ActivityCell feed={feed} activity={activity} />,
    },
    { key: "new", label: text.lastNew, cell: (feed) => <Ago at={feed.lastNewItemAt} /> },
    { key: "poll", label: text.lastPoll, cell: (feed) => <Ago at={feed.lastFetchedAt} /> },
    {
      key: "next",
      label: text.nextPoll,
      cell: (feed) => (isPolled(feed) ? <Next feed={feed} /> : "–"),
    },
    {
      key: "interval",
      label: text.interval,
      cell: (feed) => {
        const { amount, unit } = roundSpan(feed.intervalSeconds);
        return <span class="time">{spanText(language, amount, unit)}</span>;
      },
    },
  ];
  return (
    <DataTable
      caption={text.title}
      columns={columns}
      rows={feeds}
      keyOf={({ id }) => id}
      rowClass={(feed) => (feed.configured && !feed.paused ? undefined : "feed-off")}
    />
  );
}

function FeedName({ feed }: { feed: Feed }) {
  const languageName = useLanguageName();
  return (
    <span class="feed-name">
      <a href={`/feeds/${encodeURIComponent(feed.id)}`}>
        <bdi>{feed.source}</bdi>
      </a>{" "}
      <span class="feed-id small muted">
        <bdi>{feed.id}</bdi> · <span>{languageName(feed.lang)}</span>
      </span>
    </span>
  );
}

function FeedStateCell({ feed }: { feed: Feed }) {
  const text = useWords(words);
  const state = feedState(feed);
  return (
    <span class="feed-state">
      <Badge tone={STATE_TONES[state]}>{text.states[state]}</Badge>
      {(state === "failing" || state === "gone") && <Trouble feed={feed} />}
    </span>
  );
}

function ActivityCell({ feed, activity }: { feed: Feed; activity: Activity | undefined }) {
  const language = useLanguage();
  if (activity === undefined) return <span class="activity-bars" />;
  const counts = activity.feeds[feed.id] ?? activity.days.map(() => 0);
  return (
    <span class="feed-activity">
      <ActivityBars days={activity.days} counts={counts} />
      <span class="numeric small">{numberText(language, sumOf(counts))}</span>
    </span>
  );
}

function Ago({ at }: { at: string | null }) {
  return at === null ? "–" : <Time at={at} as="ago" />;
}

function Next({ feed }: { feed: Feed }) {
  const text = useWords(words);
  return Date.parse(feed.nextFetchAt) <= Date.now() ? text.due : <Time at={feed.nextFetchAt} as="ago" />;
}

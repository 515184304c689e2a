import { useEffect, useRef, useState } from "preact/hooks";
import { FEED_STATES, type FeedState, feedState } from "../../../domain/feed/feed-state.ts";
import { useQuery } from "../../api/use-query.ts";
import { Badge } from "../../parts/badge.tsx";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { Icon } from "../../parts/icon.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LoadingMessage, ProblemMessage, StateMessage } from "../../parts/state-message.tsx";
import { Time } from "../../parts/time.tsx";
import { mayWrite } from "../../shell/caller.ts";
import { useLanguage } from "../../words/language.ts";
import { spanText } from "../../words/spans.ts";
import { numberText, useWords } from "../../words/words.ts";
import { ActivityBars } from "./activity-bars.tsx";
import { AddFeedDialog } from "./add-feed-dialog.tsx";
import {
  type Activity,
  type Feed,
  type Feeds,
  roundSpan,
  SORTS,
  type Sort,
  STATE_TONES,
  sumOf,
} from "./feed-health.ts";
import "../../parts/filters.css";
import "./feeds.css";
import { ImportDialog } from "./import-dialog.tsx";
import { Trouble } from "./trouble.tsx";
import { words } from "./words.ts";

const EVERY_MS = 10_000;
const ACTIVITY_MS = 60_000;
/** Rows that are asked for at first; the rest on demand. */
const FIRST_ROWS = 50;
const TYPING_MS = 200;

/** `/feeds`: how the feeds do, and the list of them. */
export function Page() {
  const text = useWords(words);
  const [wanted, setWanted] = useState<Wanted>({ q: "", state: null, sort: "state", all: false });
  const { data, error, loading, reload } = useFeeds(wanted);
  const [open, setOpen] = useState<"add" | "import" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <PageHeader title={text.title} lead={text.lead} actions={<Actions open={setOpen} />} />
      {error !== null && data === undefined && <ProblemMessage problem={error} onRetry={reload} />}
      {loading && <LoadingMessage lines={8} />}
      {data !== undefined && <FeedList list={data} {...{ wanted, setWanted }} onAdd={() => setOpen("add")} />}
      {open === "add" && <AddFeedDialog onClose={close} onAdded={reload} />}
      {open === "import" && <ImportDialog onClose={close} onAdded={reload} />}
    </>
  );
}

/** What the reader wants to see of the feeds. */
interface Wanted {
  readonly q: string;
  readonly state: FeedState | null;
  readonly sort: Sort;
  /** More than the first rows. */
  readonly all: boolean;
}

/** The feeds that are wanted; those shown before stay until they are there. */
function useFeeds({ q, state, sort, all }: Wanted) {
  const query = { limit: all ? undefined : FIRST_ROWS, q, sort, states: state };
  const asked = useQuery<Feeds>("/api/v1/feeds", { query, everyMs: EVERY_MS });
  const before = useRef<Feeds>(undefined);
  if (asked.data !== undefined) before.current = asked.data;
  const data = asked.data ?? before.current;
  return { ...asked, data, loading: asked.loading && data === undefined };
}

function Actions({ open }: { open: (dialog: "add" | "import") => void }) {
  const text = useWords(words);
  return (
    <>
      <a class="button" href="/api/v1/feeds.opml" download="rasid-feeds.opml">
        <Icon name="download" />
        {text.exportOpml}
      </a>
      {mayWrite() && (
        <>
          <button type="button" class="button" onClick={() => open("import")}>
            {text.importOpml}
          </button>
          <button type="button" class="button button-primary" onClick={() => open("add")}>
            <Icon name="add" />
            {text.add}
          </button>
        </>
      )}
    </>
  );
}

interface FeedListProps {
  readonly list: Feeds;
  readonly wanted: Wanted;
  readonly setWanted: (wanted: Wanted) => void;
  readonly onAdd: () => void;
}

function FeedList({ list, wanted, setWanted, onAdd }: FeedListProps) {
  const text = useWords(words);
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { data: activity } = useQuery<Activity>("/api/v1/feed-activity", { query: { timezone }, everyMs: ACTIVITY_MS });
  if (Object.keys(list.states).length === 0)
    return (
      <StateMessage kind="empty" icon="feed" title={text.none} hint={text.noneHint}>
        {mayWrite() && (
          <button type="button" class="button button-primary" onClick={onAdd}>
            {text.add}
          </button>
        )}
      </StateMessage>
    );
  return (
    <div class="stack">
      <StateFilter counts={list.states} state={wanted.state} onState={(state) => setWanted({ ...wanted, state })} />
      <div class="feeds-tools">
        <SearchField onWords={(q) => setWanted({ ...wanted, q })} />
        <label class="filter-labelled">
          {text.sort}
          <select
            value={wanted.sort}
            onChange={(event) => setWanted({ ...wanted, sort: event.currentTarget.value as Sort })}
          >
            {SORTS.map((one) => (
              <option key={one} value={one}>
                {text.sorts[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {list.total === 0 ? (
        <StateMessage kind="empty" icon="search" title={text.noMatch} hint={text.noMatchHint} />
      ) : (
        <FeedTable feeds={list.feeds} activity={activity} />
      )}
      {list.next !== null && (
        <div class="pager">
          <button type="button" class="button" onClick={() => setWanted({ ...wanted, all: true })}>
            {text.showAll(list.total)}
          </button>
        </div>
      )}
    </div>
  );
}

/** Asks when the reader rests from typing. */
function SearchField({ onWords }: { onWords: (words: string) => void }) {
  const text = useWords(words);
  const [typed, setTyped] = useState("");
  const tell = useRef(onWords);
  tell.current = onWords;
  const told = useRef("");
  useEffect(() => {
    if (typed === told.current) return;
    const timer = setTimeout(() => {
      told.current = typed;
      tell.current(typed);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label class="feeds-search">
      <span class="visually-hidden">{text.search}</span>
      <input
        type="search"
        placeholder={text.search}
        maxLength={200}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
    </label>
  );
}

interface StateFilterProps {
  readonly counts: Feeds["states"];
  readonly state: FeedState | null;
  readonly onState: (state: FeedState | null) => void;
}

/** How many feeds are in which state; each is a filter. */
function StateFilter({ counts, state, onState }: StateFilterProps) {
  const text = useWords(words);
  const language = useLanguage();
  const present = FEED_STATES.filter((one) => (counts[one] ?? 0) > 0);
  const total = present.reduce((sum, one) => sum + (counts[one] ?? 0), 0);
  return (
    <fieldset class="feed-states">
      <legend class="visually-hidden">{text.filterState}</legend>
      <button type="button" aria-pressed={state === null} onClick={() => onState(null)}>
        <span class="feed-states-count numeric">{numberText(language, total)}</span>
        {text.all}
      </button>
      {present.map((one) => (
        <button
          key={one}
          type="button"
          class={`feed-states-${STATE_TONES[one]}`}
          aria-pressed={state === one}
          onClick={() => onState(state === one ? null : one)}
        >
          <span class="feed-states-count numeric">{numberText(language, counts[one] ?? 0)}</span>
          {text.states[one]}
        </button>
      ))}
    </fieldset>
  );
}

function FeedTable({ feeds, activity }: { feeds: readonly Feed[]; activity: Activity | undefined }) {
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
      cell: (feed) =>
        feedState(feed) === "paused" || feedState(feed) === "removed" || feedState(feed) === "gone" ? (
          "–"
        ) : (
          <Next feed={feed} />
        ),
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
  return (
    <span class="feed-name">
      <a href={`/feeds/${encodeURIComponent(feed.id)}`}>
        <bdi>{feed.source}</bdi>
      </a>{" "}
      <span class="feed-id small muted">
        <bdi>{feed.id}</bdi> · <span>{feed.lang}</span>
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

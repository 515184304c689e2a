import { useMemo, useState } from "preact/hooks";
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
  FEED_STATES,
  type Feed,
  type FeedState,
  feedState,
  listed,
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
/** Rows that are drawn at first; the rest on demand. */
const FIRST_ROWS = 100;

/** `/feeds`: how the feeds do, and the list of them. */
export function Page() {
  const text = useWords(words);
  const { data, error, loading, reload } = useQuery<{ feeds: readonly Feed[] }>("/api/v1/feeds", { everyMs: EVERY_MS });
  const [open, setOpen] = useState<"add" | "import" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <PageHeader title={text.title} lead={text.lead} actions={<Actions open={setOpen} />} />
      {error !== null && data === undefined && <ProblemMessage problem={error} onRetry={reload} />}
      {loading && <LoadingMessage lines={8} />}
      {data !== undefined && <FeedList feeds={data.feeds} onAdd={() => setOpen("add")} />}
      {open === "add" && <AddFeedDialog onClose={close} onAdded={reload} />}
      {open === "import" && <ImportDialog onClose={close} onAdded={reload} />}
    </>
  );
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

function FeedList({ feeds, onAdd }: { feeds: readonly Feed[]; onAdd: () => void }) {
  const text = useWords(words);
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { data: activity } = useQuery<Activity>("/api/v1/feed-activity", { query: { timezone }, everyMs: ACTIVITY_MS });
  const [wanted, setWanted] = useState("");
  const [state, setState] = useState<FeedState | null>(null);
  const [sort, setSort] = useState<Sort>("state");
  const [all, setAll] = useState(false);
  const kept = useMemo(() => feeds.filter((feed) => feed.configured || feed.status !== "new"), [feeds]);
  const rows = useMemo(
    () => listed(kept, { words: wanted, state, sort, activity }),
    [kept, wanted, state, sort, activity],
  );
  if (kept.length === 0)
    return (
      <StateMessage kind="empty" icon="feed" title={text.none} hint={text.noneHint}>
        {mayWrite() && (
          <button type="button" class="button button-primary" onClick={onAdd}>
            {text.add}
          </button>
        )}
      </StateMessage>
    );
  const shown = all ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <div class="stack">
      <StateFilter feeds={kept} state={state} onState={setState} />
      <div class="feeds-tools">
        <label class="feeds-search">
          <span class="visually-hidden">{text.search}</span>
          <input
            type="search"
            placeholder={text.search}
            value={wanted}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
        </label>
        <label class="filter-labelled">
          {text.sort}
          <select value={sort} onChange={(event) => setSort(event.currentTarget.value as Sort)}>
            {SORTS.map((one) => (
              <option key={one} value={one}>
                {text.sorts[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {rows.length === 0 ? (
        <StateMessage kind="empty" icon="search" title={text.noMatch} hint={text.noMatchHint} />
      ) : (
        <FeedTable feeds={shown} activity={activity} />
      )}
      {shown.length < rows.length && (
        <div class="pager">
          <button type="button" class="button" onClick={() => setAll(true)}>
            {text.showAll(rows.length)}
          </button>
        </div>
      )}
    </div>
  );
}

interface StateFilterProps {
  readonly feeds: readonly Feed[];
  readonly state: FeedState | null;
  readonly onState: (state: FeedState | null) => void;
}

/** How many feeds are in which state; each is a filter. */
function StateFilter({ feeds, state, onState }: StateFilterProps) {
  const text = useWords(words);
  const language = useLanguage();
  const counts = new Map<FeedState, number>();
  for (const feed of feeds) counts.set(feedState(feed), (counts.get(feedState(feed)) ?? 0) + 1);
  const present = FEED_STATES.filter((one) => (counts.get(one) ?? 0) > 0);
  return (
    <fieldset class="feed-states">
      <legend class="visually-hidden">{text.filterState}</legend>
      <button type="button" aria-pressed={state === null} onClick={() => onState(null)}>
        <span class="feed-states-count numeric">{numberText(language, feeds.length)}</span>
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
          <span class="feed-states-count numeric">{numberText(language, counts.get(one) ?? 0)}</span>
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

import { useRef, useState } from "preact/hooks";
import type { FeedState } from "../../../domain/feed/feed-state.ts";
import { useQuery } from "../../api/use-query.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LoadingMessage, ProblemMessage, StateMessage } from "../../parts/state-message.tsx";
import { useTyped } from "../../parts/use-typed.ts";
import { mayWrite } from "../../shell/caller.ts";
import { useWords } from "../../words/words.ts";
import { AddFeedDialog } from "./add-feed-dialog.tsx";
import { type Activity, type Feeds, SORTS, type Sort } from "./feed-health.ts";
import { FeedTable } from "./feed-table.tsx";
import "../../parts/filters.css";
import "./feeds.css";
import { ImportDialog } from "./import-dialog.tsx";
import { StateFilter } from "./state-filter.tsx";
import { words } from "./words.ts";

const EVERY_MS = 10_000;
const ACTIVITY_MS = 60_000;
/** Rows that are asked for at first; the rest on demand. */
const FIRST_ROWS = 50;

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
          <ActionButton does={() => open("import")}>{text.importOpml}</ActionButton>
          <ActionButton icon="add" look="primary" does={() => open("add")}>
            {text.add}
          </ActionButton>
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
        <SearchField q={wanted.q} onWords={(q) => setWanted({ ...wanted, q })} />
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

function SearchField({ q, onWords }: { q: string; onWords: (words: string) => void }) {
  const text = useWords(words);
  const [typed, setTyped] = useTyped(q, onWords);
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

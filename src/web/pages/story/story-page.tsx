import { useMemo, useState } from "preact/hooks";
import type { EventShown, StoryShown } from "../../../api/story-shown.ts";
import { useQuery } from "../../api/use-query.ts";
import type { Range } from "../../parts/chart/time-axis.ts";
import { type Namer, useLabels } from "../../parts/claims/use-labels.ts";
import { PageHeader } from "../../parts/page-header.tsx";
import { LoadingMessage, ProblemMessage, StateMessage } from "../../parts/state-message.tsx";
import { StorySelect } from "../../parts/story-select.tsx";
import { navigate, type PageProps } from "../../shell/router.ts";
import { dayText } from "../../words/dates.ts";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/words.ts";
import { EventCard } from "./event-card.tsx";
import { Glance } from "./glance.tsx";
import { NewClaims } from "./new-claims.tsx";
import { NewsLine } from "./news-line.tsx";
import "./story.css";
import { storyRange } from "./story-range.ts";
import { useEventAlerts } from "./use-event-alerts.ts";
import { words } from "./words.ts";

/** The story: what the baseline says, what is reported now, what changed and on whose word. */
export function Page({ params, query }: PageProps) {
  const text = useWords(words);
  const { data, error, reload } = useQuery<{ stories: readonly StoryShown[] }>("/api/v1/stories");
  if (error !== null) return <ProblemMessage problem={error} onRetry={reload} />;
  if (data === undefined) return <LoadingMessage lines={8} />;
  const story = data.stories.find(({ id }) => id === params.story) ?? data.stories[0];
  if (story === undefined)
    return (
      <>
        <PageHeader title={text.story} />
        <StateMessage kind="empty" icon="story" title={text.noStory} hint={text.noStoryHint}>
          <a class="button" href="/start">
            {text.firstSteps}
          </a>
        </StateMessage>
      </>
    );
  return <OneStory key={story.id} story={story} stories={data.stories} show={showOf(query.get("show"))} />;
}

/** Keeps the direction of a name to itself within a line of the other direction (Unicode's isolates). */
const isolated = (name: string) => `\u2068${name}\u2069`;

const FILTERS = ["all", "changed", "figures", "statements"] as const;
type Filter = (typeof FILTERS)[number];

function showOf(text: string | null): Filter {
  return FILTERS.find((filter) => filter === text) ?? "all";
}

interface OneStoryProps {
  readonly story: StoryShown;
  readonly stories: readonly StoryShown[];
  readonly show: Filter;
}

function OneStory({ story, stories, show }: OneStoryProps) {
  const text = useWords(words);
  const language = useLanguage();
  const names = useLabels(story.id);
  const { data, error, reload } = useQuery<{ events: readonly EventShown[] }>(`/api/v1/stories/${story.id}/events`);
  const turns = useTurns(story.id, reload);
  const { published } = story.article;
  const range = useMemo(() => storyRange(story, data?.events ?? []), [story, data]);
  return (
    <>
      <PageHeader
        title={names.title ?? story.title}
        lead={text.lead(isolated(story.article.source), dayText(language, published.slice(0, 10)))}
        actions={stories.length > 1 && <StorySwitch story={story} stories={stories} />}
      />
      {error !== null && <ProblemMessage problem={error} onRetry={reload} />}
      {data === undefined && error === null && <LoadingMessage lines={10} />}
      {data !== undefined && (
        <>
          <NewsLine story={story.id} turn={turns.all} />
          <Glance story={story.id} events={data.events} names={names} />
          <FilterBar show={show} events={data.events} />
          {data.events.every(({ observations }) => observations === 0) && (
            <StateMessage kind="empty" icon="feed" title={text.quiet} hint={text.quietHint}>
              <a class="button" href="/feeds">
                {text.toFeeds}
              </a>
            </StateMessage>
          )}
          <Sections {...{ story: story.id, events: data.events, show, range, names }} turnOf={turns.of} />
        </>
      )}
    </>
  );
}

/** Counts alerts as they come in: of the whole story, and of each event. */
function useTurns(story: string, reload: () => void) {
  const [turns, setTurns] = useState<ReadonlyMap<string, number>>(new Map());
  useEventAlerts(story, (event) => {
    setTurns((before) => new Map(before).set(event, (before.get(event) ?? 0) + 1).set("*", (before.get("*") ?? 0) + 1));
    reload();
  });
  return { all: turns.get("*") ?? 0, of: (event: string) => turns.get(event) ?? 0 };
}

function StorySwitch({ story, stories }: Pick<OneStoryProps, "story" | "stories">) {
  const text = useWords(words);
  return (
    <StorySelect
      label={<span class="visually-hidden">{text.story}</span>}
      stories={stories}
      story={story.id}
      onStory={(id) => navigate(`/stories/${id}`)}
    />
  );
}

const isChanged = ({ standings }: EventShown) =>
  standings.some(({ departs, disputes }) => departs !== "same" || disputes.length > 0);
const fits = (event: EventShown, show: Filter) =>
  show === "all" || (show === "changed" ? isChanged(event) : (event.kind === "figure") === (show === "figures"));

function FilterBar({ show, events }: { show: Filter; events: readonly EventShown[] }) {
  const text = useWords(words);
  const counted = events.filter(({ id, sameAs }) => id !== "new" && sameAs === null);
  return (
    <fieldset class="segments filter">
      <legend class="visually-hidden">{text.filter}</legend>
      {FILTERS.map((filter) => (
        <button
          key={filter}
          type="button"
          aria-pressed={filter === show}
          onClick={() => navigate(filter === "all" ? window.location.pathname : `?show=${filter}`, { replace: true })}
        >
          {text[filter]} <span class="filter-count">{counted.filter((event) => fits(event, filter)).length}</span>
        </button>
      ))}
    </fieldset>
  );
}

interface SectionsProps {
  readonly story: string;
  readonly events: readonly EventShown[];
  readonly show: Filter;
  readonly range: Range;
  readonly names: Namer;
  readonly turnOf: (event: string) => number;
}

function Sections({ story, events, show, range, names, turnOf }: SectionsProps) {
  const text = useWords(words);
  const shown = events.filter((event) => event.id !== "new" && event.sameAs === null && fits(event, show));
  const fresh = events.find(({ id }) => id === "new");
  const card = (event: EventShown) => (
    <EventCard
      key={event.id}
      {...{ story, event, range, names }}
      twins={events.filter(({ sameAs }) => sameAs === event.id)}
      turn={turnOf(event.id)}
    />
  );
  const figures = shown.filter(({ kind }) => kind === "figure");
  const statements = shown.filter(({ kind }) => kind !== "figure");
  const hasFresh = fresh !== undefined && fresh.standings.length > 0;
  if (shown.length === 0 && !hasFresh)
    return show === "changed" ? (
      <StateMessage kind="empty" icon="check" title={text.noneChanged} hint={text.noneChangedHint} />
    ) : (
      <StateMessage kind="empty" title={text.none} hint={text.noneHint} />
    );
  return (
    <>
      {figures.length > 0 && (
        <section class="story-section" aria-labelledby="figures">
          <h2 id="figures">{text.figuresTitle}</h2>
          {figures.map(card)}
        </section>
      )}
      {hasFresh && (
        <section class="story-section" aria-labelledby="new">
          <h2 id="new">{text.newTitle}</h2>
          <p class="muted">{text.newLead}</p>
          <NewClaims
            {...{ story, event: fresh, range, names }}
            only={show === "changed" ? "all" : show}
            turn={turnOf("new")}
          />
        </section>
      )}
      {statements.length > 0 && (
        <section class="story-section" aria-labelledby="statements">
          <h2 id="statements">{text.statementsTitle}</h2>
          {statements.map(card)}
        </section>
      )}
    </>
  );
}

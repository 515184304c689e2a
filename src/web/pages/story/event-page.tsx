import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { observationShown } from "../../../api/observation-shown.ts";
import type { EventShown, StandingShown, StoryShown } from "../../../api/story-shown.ts";
import { usePages, useQuery } from "../../api/use-query.ts";
import { claimText } from "../../parts/claims/claim-text.ts";
import { claimWords } from "../../parts/claims/claim-words.ts";
import { type Namer, useLabels } from "../../parts/claims/use-labels.ts";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PagedList } from "../../parts/paged-list.tsx";
import { Quote } from "../../parts/quote.tsx";
import { LoadingMessage, ProblemMessage, StateMessage } from "../../parts/state-message.tsx";
import { Time } from "../../parts/time.tsx";
import type { PageProps } from "../../shell/router.ts";
import { useLanguage } from "../../words/language.ts";
import { counted, percentText, useWords } from "../../words/words.ts";
import { BaselineNote } from "./baseline-note.tsx";
import { EventSeries } from "./event-series.tsx";
import { NewClaims } from "./new-claims.tsx";
import { DepartureBadge, evidencePath, StandingNow } from "./standing-list.tsx";
import "./story.css";
import { useAgain } from "../../api/use-again.ts";
import { storyRange } from "./story-range.ts";
import { useEventAlerts } from "./use-event-alerts.ts";
import { useSeries } from "./use-series.ts";
import { words } from "./words.ts";

type Observation = (typeof observationShown)["_output"];

const CHART_HEIGHT = 320;

/** One event of the baseline: its chart, how it came to what stands, and every observation with its words. */
export function Page({ params }: PageProps) {
  const text = useWords(words);
  const language = useLanguage();
  const { story: storyId = "", event: eventId = "" } = params;
  const path = `/api/v1/stories/${encodeURIComponent(storyId)}`;
  const names = useLabels(storyId);
  const story = useQuery<StoryShown>(path);
  const { data: event, error, reload } = useQuery<EventShown>(`${path}/events/${encodeURIComponent(eventId)}`);
  const turn = useTurn(storyId, eventId, reload);
  if (error !== null)
    return (
      <>
        <PageHeader title={eventId} back={{ href: `/stories/${storyId}`, label: text.back }} />
        <ProblemMessage problem={error} onRetry={reload} />
      </>
    );
  if (event === undefined || story.data === undefined) return <LoadingMessage lines={10} />;
  return (
    <>
      <PageHeader
        title={event.gloss[language] ?? event.gloss.en ?? event.id}
        back={{ href: `/stories/${storyId}`, label: text.back }}
        actions={
          event.alerts > 0 && (
            <a class="button" href={`/alerts?events=${event.id}`}>
              {counted(language, event.alerts, text.alerts)}
            </a>
          )
        }
      />
      <div class="stack">
        {event.id === "new" ? (
          <NewClaims
            {...{ story: storyId, event, names, turn }}
            range={storyRange(story.data, [event])}
            only="all"
            height={240}
          />
        ) : (
          <EventPanel {...{ story: story.data, event, names, turn }} />
        )}
        <History story={storyId} event={event} names={names} turn={turn} />
        <Observations story={storyId} event={event} names={names} turn={turn} />
      </div>
    </>
  );
}

function useTurn(story: string, event: string, reload: () => void): number {
  const [turn, setTurn] = useState(0);
  useEventAlerts(story, (about) => {
    if (about !== event) return;
    setTurn((before) => before + 1);
    reload();
  });
  return turn;
}

interface PanelProps {
  readonly story: StoryShown;
  readonly event: EventShown;
  readonly names: Namer;
  readonly turn: number;
}

function EventPanel({ story, event, names, turn }: PanelProps) {
  const text = useWords(words);
  const language = useLanguage();
  const range = useMemo(() => storyRange(story, [event]), [story, event]);
  const { data, error, reload } = useSeries(story.id, event, { wanted: true, turn, range });
  const title = event.gloss[language] ?? event.gloss.en ?? event.id;
  return (
    <>
      <section class="card event-panel event-facts">
        <BaselineNote event={event} twins={[]} names={names} />
        <div>
          <StandingNow story={story.id} event={event} names={names} />
        </div>
      </section>
      <section class="card" aria-label={text.chart}>
        {error !== null && <ProblemMessage problem={error} onRetry={reload} />}
        {data === undefined && error === null && <LoadingMessage />}
        {data !== undefined && (
          <EventSeries
            story={story.id}
            event={event.id}
            {...{ title, range, names }}
            series={data}
            height={CHART_HEIGHT}
          />
        )}
      </section>
    </>
  );
}

interface ListProps {
  readonly story: string;
  readonly event: EventShown;
  readonly names: Namer;
  readonly turn: number;
}

const MOST_STEPS = 500;

function History({ story, event, names, turn }: ListProps) {
  const text = useWords(words);
  const language = useLanguage();
  const { data, reload } = useQuery<{ standings: readonly StandingShown[] }>(
    `/api/v1/stories/${story}/events/${encodeURIComponent(event.id)}/history`,
    { query: { limit: MOST_STEPS } },
  );
  useAgain(turn, reload);
  if (data === undefined || data.standings.length === 0) return null;
  const columns: Column<StandingShown>[] = [
    { key: "created", label: text.entered, cell: ({ createdAt }) => <Time at={createdAt} /> },
    { key: "side", label: text.side, cell: ({ side }) => names.entity(side) },
    {
      key: "claim",
      label: text.value,
      heading: true,
      cell: ({ current, stage, observation }) => {
        const said = `${claimText(language, current ?? {}, names)}${stage === null || current?.value === undefined ? "" : ` ${names.position(stage)}`}`;
        return observation === null ? said : <a href={evidencePath(story, observation)}>{said}</a>;
      },
    },
    { key: "departs", label: text.baseline, cell: ({ departs }) => <DepartureBadge departs={departs} /> },
    { key: "speaker", label: text.speaker, cell: ({ current }) => names.entity(current?.speaker ?? "-") },
    { key: "since", label: text.sinceWhen, cell: ({ current, asOf }) => <Time at={current?.asOf ?? asOf} /> },
    {
      key: "sources",
      label: text.confidence,
      cell: ({ confidence, sources }) =>
        `${confidence === null ? "–" : percentText(language, confidence)} (${counted(language, sources, text.sources)})`,
    },
  ];
  return (
    <section class="stack" aria-labelledby="history">
      <div>
        <h2 id="history">{text.historyTitle}</h2>
        <p class="muted">{text.historyLead}</p>
      </div>
      <DataTable caption={text.historyTitle} columns={columns} rows={statesOf(data.standings)} keyOf={({ id }) => id} />
    </section>
  );
}

/** One row for each state, with the sources that it had in the end; the newest first. */
function statesOf(standings: readonly StandingShown[]): StandingShown[] {
  const states = new Map<string, StandingShown>();
  for (const standing of standings) {
    const name = `${standing.key} ${standing.observation} ${standing.current?.value ?? standing.current?.position}`;
    states.set(name, { ...standing, createdAt: states.get(name)?.createdAt ?? standing.createdAt });
  }
  return [...states.values()].reverse();
}

const observationsOf = (page: { observations: readonly Observation[]; next: string | null }) => page.observations;

function Observations({ story, event, names, turn }: ListProps) {
  const text = useWords(words);
  const language = useLanguage();
  const { roles } = useWords(claimWords);
  const pages = usePages<{ observations: readonly Observation[]; next: string | null }, Observation>(
    "/api/v1/observations",
    observationsOf,
    { story, event: event.id, order: "newest", limit: 100 },
  );
  useAgain(turn, pages.reload);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (window.location.hash === "#observations") heading.current?.scrollIntoView();
  }, []);
  const columns: Column<Observation>[] = [
    {
      key: "at",
      label: text.when,
      cell: ({ assertedAt, publishedAt }) => <Time at={assertedAt ?? publishedAt} as="both" />,
    },
    {
      key: "claim",
      label: text.value,
      heading: true,
      cell: (row) => <a href={evidencePath(story, row.id)}>{claimText(language, row, names)}</a>,
    },
    {
      key: "speaker",
      label: text.speaker,
      cell: ({ speaker, side, role }) => (
        <>
          {names.entity(speaker === "-" ? side : speaker)}
          {role !== null && role !== "current" && <span class="small muted"> ({roles[role] ?? role})</span>}
        </>
      ),
    },
    { key: "quote", label: text.quote, cell: ({ quote, lang }) => <Quote text={quote} lang={lang} as="inline" /> },
    { key: "source", label: text.source, cell: ({ source }) => <bdi>{source}</bdi> },
  ];
  return (
    <section class="stack" aria-labelledby="observations">
      <div>
        <h2 ref={heading} id="observations">
          {text.observationsTitle}
        </h2>
        <p class="muted">{text.observationsLead}</p>
      </div>
      <PagedList
        pages={pages}
        lines={4}
        empty={pages.rows.length === 0}
        nothing={<StateMessage kind="empty" icon="quote" title={text.noObservations} hint={text.noObservationsHint} />}
      >
        <DataTable caption={text.observationsTitle} columns={columns} rows={pages.rows} keyOf={({ id }) => id} />
      </PagedList>
    </section>
  );
}

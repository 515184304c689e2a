import type { EventShown } from "../../../api/story-shown.ts";
import { Badge } from "../../parts/badge.tsx";
import type { Range } from "../../parts/chart/time-axis.ts";
import type { Namer } from "../../parts/claims/use-labels.ts";
import { Icon } from "../../parts/icon.tsx";
import { LoadingMessage, ProblemMessage } from "../../parts/state-message.tsx";
import { useLanguage } from "../../words/language.ts";
import { counted, useWords } from "../../words/words.ts";
import { BaselineNote } from "./baseline-note.tsx";
import { EventSeries } from "./event-series.tsx";
import { StandingNow } from "./standing-list.tsx";
import { useSeen, useSeries } from "./use-series.ts";
import { words } from "./words.ts";

interface EventCardProps {
  readonly story: string;
  readonly event: EventShown;
  /** Other places of the article that give the same. */
  readonly twins: readonly EventShown[];
  readonly range: Range;
  readonly names: Namer;
  /** Counts up with each alert about the event. */
  readonly turn: number;
}

const CHART_HEIGHT = 220;

/** One baseline event: what the article says, what each side reports now, and how it came to that. */
export function EventCard({ story, event, twins, range, names, turn }: EventCardProps) {
  const text = useWords(words);
  const language = useLanguage();
  const { element, seen } = useSeen<HTMLElement>();
  const title = event.gloss[language] ?? event.gloss.en ?? event.id;
  const path = `/stories/${story}/events/${event.id}`;
  return (
    <article
      ref={element}
      class={turn > 0 ? "event card event-fresh" : "event card"}
      id={event.id}
      aria-labelledby={`${event.id}-title`}
    >
      <header class="event-head">
        <h3 id={`${event.id}-title`}>
          <a href={path}>{title}</a>
        </h3>
        <p class="event-counts small muted">
          {turn > 0 && <Badge tone="accent">{text.justChanged}</Badge>}
          {event.observations > 0 && <span>{counted(language, event.observations, text.observations)}</span>}
          {event.alerts > 0 && (
            <a href={`/alerts?events=${event.id}`}>{counted(language, event.alerts, text.alerts)}</a>
          )}
        </p>
      </header>
      <div class="event-facts">
        <BaselineNote event={event} twins={twins} names={names} />
        <section>
          <StandingNow story={story} event={event} names={names} />
        </section>
      </div>
      {event.observations > 0 && (
        <div class="event-chart">
          <CardSeries {...{ story, event, title, range, names, turn }} wanted={seen} />
        </div>
      )}
      <p class="event-more">
        <a href={path}>
          {text.more}
          <span class="visually-hidden">: {title}</span> <Icon name="chevron" flip />
        </a>
      </p>
    </article>
  );
}

interface CardSeriesProps extends Omit<EventCardProps, "twins"> {
  readonly title: string;
  readonly wanted: boolean;
}

function CardSeries({ story, event, title, range, names, turn, wanted }: CardSeriesProps) {
  const { data, error, reload } = useSeries(story, event, { wanted, turn, range });
  if (error !== null) return <ProblemMessage problem={error} onRetry={reload} />;
  if (data === undefined) return <LoadingMessage lines={3} />;
  return <EventSeries {...{ story, title, range, names }} event={event.id} series={data} height={CHART_HEIGHT} />;
}

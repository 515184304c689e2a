import { useEffect, useMemo, useState } from "preact/hooks";
import type { NewsShown } from "../../../api/story-shown.ts";
import { useAgain } from "../../api/use-again.ts";
import { useQuery } from "../../api/use-query.ts";
import { Badge, severityTone } from "../../parts/badge.tsx";
import { claimWords } from "../../parts/claims/claim-words.ts";
import { useEvents } from "../../parts/claims/use-events.ts";
import { Time } from "../../parts/time.tsx";
import { useLanguage } from "../../words/language.ts";
import { counted, useWords } from "../../words/words.ts";
import { beginVisit, endVisit, noteVisit } from "./last-visit.ts";
import { words } from "./words.ts";

interface NewsLineProps {
  readonly story: string;
  /** Counts up with each alert. */
  readonly turn: number;
}

const MOST_EVENTS = 4;

/** What happened since the reader was here last. */
export function NewsLine({ story, turn }: NewsLineProps) {
  const text = useWords(words);
  const language = useLanguage();
  const { severities } = useWords(claimWords);
  const named = useEvents(story);
  const begun = useMemo(() => beginVisit(story), [story]);
  const [since, setSince] = useState(begun);
  const { data, reload } = useQuery<NewsShown>(`/api/v1/stories/${story}/news`, { query: { since } });
  useAgain(turn, reload);
  useEffect(() => {
    if (data !== undefined) noteVisit(story, data.until);
  }, [story, data]);
  if (data === undefined) return <p class="news" role="status" />;
  const { alerts, observations, items } = data;
  const seen = () => {
    endVisit(story, data.until);
    setSince(data.until);
  };
  const nameOf = (id: string) => named.find((event) => event.id === id)?.name ?? id;
  return (
    <div class="news">
      <p role="status">
        <strong>
          {since === null ? (
            text.firstVisit
          ) : (
            <>
              {text.sinceVisit} (<Time at={since} as="ago" />
              ):
            </>
          )}
        </strong>{" "}
        {alerts.count === 0 && observations === 0 ? (
          text.nothingNew
        ) : (
          <>
            <a href={`/alerts?${new URLSearchParams({ stories: story, ...(since === null ? {} : { since }) })}`}>
              {counted(language, alerts.count, text.alerts)}
            </a>
            {alerts.highest !== null && (
              <>
                {" "}
                <Badge tone={severityTone(alerts.highest)}>
                  {text.highest(severities[alerts.highest] ?? alerts.highest)}
                </Badge>
              </>
            )}
            {" · "}
            {text.inItems(counted(language, observations, text.observations), counted(language, items, text.items))}
          </>
        )}
      </p>
      {alerts.events.length > 0 && (
        <ul class="news-events">
          {alerts.events.slice(0, MOST_EVENTS).map(({ event, count }) => (
            <li key={event}>
              <a href={`#${event}`} class="news-event">
                <span>{nameOf(event)}</span>
                <Badge>{String(count)}</Badge>
              </a>
            </li>
          ))}
        </ul>
      )}
      {alerts.count + observations > 0 && (
        <button type="button" class="button button-small" onClick={seen}>
          {text.markSeen}
        </button>
      )}
    </div>
  );
}

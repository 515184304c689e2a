import { useMemo } from "preact/hooks";
import type { SeriesShown } from "../../../api/series-shown.ts";
import type { EventShown, StandingShown } from "../../../api/story-shown.ts";
import type { Range } from "../../parts/chart/time-axis.ts";
import type { Namer } from "../../parts/claims/use-labels.ts";
import { LoadingMessage, ProblemMessage } from "../../parts/state-message.tsx";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/words.ts";
import { EventSeries } from "./event-series.tsx";
import { StandingList } from "./standing-list.tsx";
import { useSeen, useSeries } from "./use-series.ts";
import { words } from "./words.ts";

interface NewClaimsProps {
  readonly story: string;
  readonly event: EventShown;
  readonly range: Range;
  readonly names: Namer;
  readonly turn: number;
  /** Which of them to show. */
  readonly only: "all" | "figures" | "statements";
  readonly height?: number;
}

/** What the baseline lacks, a card for each count and topic. */
export function NewClaims({ story, event, range, names, turn, only, height = 170 }: NewClaimsProps) {
  const { element, seen } = useSeen<HTMLDivElement>();
  const { data, error, reload } = useSeries(story, event, { wanted: seen, turn, range });
  const subjects = useMemo(() => subjectsOf(event.standings, data, only), [event.standings, data, only]);
  return (
    <div ref={element} class="new-claims">
      {error !== null && <ProblemMessage problem={error} onRetry={reload} />}
      {subjects.map(({ subject, standings, series }) => (
        <NewClaim key={subject} {...{ story, subject, standings, series, range, names, height }} />
      ))}
    </div>
  );
}

interface Subject {
  readonly subject: string;
  readonly standings: readonly StandingShown[];
  readonly series: Pick<SeriesShown, "lines" | "points"> | null;
}

function subjectsOf(
  standings: readonly StandingShown[],
  series: SeriesShown | undefined,
  only: NewClaimsProps["only"],
): Subject[] {
  const subjects = [...new Set(standings.map(({ subject }) => subject))].filter(
    (subject) => only === "all" || subject.startsWith("figure") === (only === "figures"),
  );
  return subjects
    .sort((a, b) => Number(b.startsWith("figure")) - Number(a.startsWith("figure")) || a.localeCompare(b))
    .map((subject) => ({
      subject,
      standings: standings.filter((standing) => standing.subject === subject),
      series:
        series === undefined
          ? null
          : {
              lines: series.lines.filter((line) => line.subject === subject),
              points: series.points.filter((point) => point.subject === subject),
            },
    }));
}

interface NewClaimProps extends Subject {
  readonly story: string;
  readonly range: Range;
  readonly names: Namer;
  readonly height: number;
}

function NewClaim({ story, subject, standings, series, range, names, height }: NewClaimProps) {
  const title = useSubjectTitle(standings[0], names);
  const id = `new-${subject.replaceAll("|", "-")}`;
  return (
    <article class="event card" aria-labelledby={id}>
      <header class="event-head">
        <h3 id={id}>{title}</h3>
      </header>
      <div class="event-facts">
        <StandingList story={story} standings={standings} names={names} />
      </div>
      <div class="event-chart">
        {series === null ? (
          <LoadingMessage lines={2} />
        ) : (
          <EventSeries {...{ story, title, series, range, names, height }} event="new" />
        )}
      </div>
    </article>
  );
}

/** "Killed – Azerbaijan, military"; "Ceasefire". */
function useSubjectTitle(standing: StandingShown | undefined, names: Namer): string {
  const text = useWords(words);
  const language = useLanguage();
  if (standing === undefined) return "";
  const { measure, party, civilian, topic } = standing;
  if (measure === null) return names.topic(topic ?? "");
  const people = measure === "area_km2" || measure === "other" ? null : civilian;
  const what = text.measureTitles[measure] ?? measure;
  return `${what}${language === "ar" ? ": " : " – "}${text.people(names.entity(party ?? "-"), people)}`;
}

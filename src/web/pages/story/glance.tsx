import type { EventShown, StandingShown } from "../../../api/story-shown.ts";
import { Badge } from "../../parts/badge.tsx";
import { ARROWS } from "../../parts/claims/alert-headline.ts";
import { claimText, sideTone } from "../../parts/claims/claim-text.ts";
import { countedText } from "../../parts/claims/counted-words.ts";
import type { Namer } from "../../parts/claims/use-labels.ts";
import { Time } from "../../parts/time.tsx";
import { useLanguage } from "../../words/language.ts";
import { counted, useWords } from "../../words/words.ts";
import { evidencePath } from "./standing-list.tsx";
import { words } from "./words.ts";

interface GlanceProps {
  readonly story: string;
  readonly events: readonly EventShown[];
  readonly names: Namer;
}

/** More are a list to read, which stands below. */
const MOST_ROWS = 8;

/** All that departs from the article, a line each: from what to what, on whose word, since when. */
export function Glance({ story, events, names }: GlanceProps) {
  const text = useWords(words);
  const language = useLanguage();
  const rows = departures(events);
  if (rows.length === 0) return null;
  const left = rows.length - MOST_ROWS;
  return (
    <section class="card glance" aria-labelledby="glance">
      <h2 id="glance">{text.glance}</h2>
      <ul>
        {rows.slice(0, MOST_ROWS).map((row) => (
          <GlanceRow key={row.standing.key} {...row} story={story} names={names} />
        ))}
      </ul>
      {left > 0 && <p class="small muted">{counted(language, left, text.glanceMore)}</p>}
    </section>
  );
}

interface Departure {
  readonly event: EventShown;
  readonly standing: StandingShown & { readonly observation: string };
}

/** What the article has comes before what it lacks, figures before statements, then the newest first. */
function departures(events: readonly EventShown[]): Departure[] {
  const rank = ({ event, standing }: Departure) => (event.id === "new" ? 2 : 0) + (standing.measure === null ? 1 : 0);
  return events
    .filter(({ sameAs }) => sameAs === null)
    .flatMap((event) => event.standings.filter(hasDeparted).map((standing) => ({ event, standing })))
    .sort((a, b) => rank(a) - rank(b) || b.standing.asOf.localeCompare(a.standing.asOf));
}

function hasDeparted(standing: StandingShown): standing is Departure["standing"] {
  const { departs, disputes, current, observation } = standing;
  return current !== null && observation !== null && (departs !== "same" || disputes.length > 0);
}

function GlanceRow({ story, event, standing, names }: Departure & Pick<GlanceProps, "story" | "names">) {
  const text = useWords(words);
  const language = useLanguage();
  const { current, measure, party, civilian, topic, stage, side, reported, disputes } = standing;
  if (current === null) return null;
  const subject =
    measure === null || measure === "other"
      ? names.topic(topic ?? event.id)
      : countedText(language, { measure, party, civilian });
  const before = baselineOf(event, standing);
  const wordsOf = ({ figure, position }: EventShown["baseline"][number]) => [
    ...(figure && measure !== null ? [claimText(language, figure, names)] : []),
    ...(position ? [names.position(position)] : []),
  ];
  return (
    <li class={`glance-row tone-${sideTone(side)}`}>
      <a class="glance-subject" href={event.id === "new" ? "#new" : `#${event.id}`}>
        {subject}
      </a>
      <span class="glance-change">
        {before === undefined ? (
          <Badge tone="accent">{text.departs.new}</Badge>
        ) : (
          <>
            <span class="muted">{wordsOf(before).join(" ")}</span>
            <span aria-hidden="true">{ARROWS[language]}</span>
            <span class="visually-hidden">{text.glanceNow}</span>
          </>
        )}
        <a href={evidencePath(story, standing.observation)} title={text.evidence}>
          <strong>{claimText(language, { ...current, measure }, names)}</strong>
        </a>
        {stage !== null && current.value !== undefined && <span class="muted">{names.position(stage)}</span>}
        {disputes.length > 0 && <Badge tone="danger">{text.disputed}</Badge>}
      </span>
      <span class="glance-word small muted">
        <bdi>{names.entity(current.speaker)}</bdi> · <Time at={current.asOf} as="day" />
        {reported !== null && (
          <>
            {" · "}
            <bdi>{reported.source}</bdi>
          </>
        )}
      </span>
    </li>
  );
}

/** What the article has the same side say, or, where it has but one claim, that one. */
function baselineOf({ id, baseline }: EventShown, { side }: StandingShown): EventShown["baseline"][number] | undefined {
  if (id === "new") return undefined;
  return baseline.find((claim) => claim.side === side) ?? (baseline.length === 1 ? baseline[0] : undefined);
}

import type { EventShown, StandingShown } from "../../../api/story-shown.ts";
import { Badge, type Tone } from "../../parts/badge.tsx";
import { claimText, qualifierText, sideTone, unitText, valueText } from "../../parts/claims/claim-text.ts";
import type { Namer } from "../../parts/claims/use-labels.ts";
import { Icon } from "../../parts/icon.tsx";
import { Time } from "../../parts/time.tsx";
import { useLanguage } from "../../words/language.ts";
import { counted, numberText, percentText, useWords } from "../../words/words.ts";
import { words } from "./words.ts";

interface StandingListProps {
  readonly story: string;
  readonly standings: readonly StandingShown[];
  readonly names: Namer;
}

/** What each side reports of an event now; until somebody reports anything, that nobody does. */
export function StandingNow({ story, event, names }: { story: string; event: EventShown; names: Namer }) {
  const text = useWords(words);
  return (
    <>
      <h4>{text.now}</h4>
      {event.standings.length === 0 ? (
        <p class="muted">{event.observations === 0 ? text.asBaseline : text.waiting}</p>
      ) : (
        <StandingList story={story} standings={event.standings} names={names} />
      )}
    </>
  );
}

/** What each side reports now: value, speaker, since when, how sure, and how it stands to the baseline. */
export function StandingList({ story, standings, names }: StandingListProps) {
  return (
    <ul class="standings">
      {inOrder(standings).map((standing) => (
        <li key={standing.key} class={`standing tone-${sideTone(standing.side)}`}>
          {isUntouched(standing) ? (
            <Untouched standing={standing} names={names} />
          ) : (
            <>
              <StandingValue standing={standing} names={names} />
              <StandingFacts story={story} standing={standing} all={standings} names={names} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Nobody has reported anything since the article: the baseline beside it says the same. */
function isUntouched({ departs, confidence, disputes }: StandingShown): boolean {
  return departs === "same" && confidence === null && disputes.length === 0;
}

function Untouched({ standing: { side, current, stage, measure }, names }: { standing: StandingShown; names: Namer }) {
  const text = useWords(words);
  const language = useLanguage();
  return (
    <p>
      <span class="standing-side-inline">{names.entity(side)}</span>{" "}
      {claimText(language, { ...current, measure }, names)}
      {stage !== null && current?.value !== undefined && ` ${names.position(stage)}`} <Badge>{text.departs.same}</Badge>
    </p>
  );
}

/** Named sides first, in an order that stays; what nobody is named for last. */
function inOrder(standings: readonly StandingShown[]): StandingShown[] {
  const rank = ({ side }: StandingShown) => (side === "media" ? 1 : 0);
  return [...standings].sort((a, b) => rank(a) - rank(b) || a.key.localeCompare(b.key));
}

function StandingValue({
  standing: { current, stage, side, disputes, departs, measure },
  names,
}: {
  standing: StandingShown;
  names: Namer;
}) {
  const text = useWords(words);
  const language = useLanguage();
  const value = current === null ? null : valueText(language, current);
  const qualifier = qualifierText(language, current?.qualifier);
  const unit = unitText(language, measure);
  return (
    <div class="standing-head">
      <p class="standing-side">{names.entity(side)}</p>
      <p class="standing-value">
        {value === null ? (
          <strong class="standing-position">{names.position(current?.position ?? "")}</strong>
        ) : (
          <>
            {qualifier !== "" && <span class="standing-qualifier">{qualifier} </span>}
            <strong>{value}</strong>
            {unit !== "" && <span class="standing-qualifier"> {unit}</span>}
            {stage !== null && <span class="standing-qualifier"> {names.position(stage)}</span>}
          </>
        )}
      </p>
      <p class="standing-marks">
        {departs !== "same" && <DepartureBadge departs={departs} />}
        {departs === "same" && <Badge>{text.departs.same}</Badge>}
        {disputes.length > 0 && <Badge tone="danger">{text.disputed}</Badge>}
      </p>
    </div>
  );
}

const DEPARTURE_TONES: Readonly<Record<string, Tone>> = {
  up: "warning",
  down: "warning",
  changed: "warning",
  new: "accent",
};

/** How something departs from the baseline; arrow and words say the same. */
export function DepartureBadge({ departs }: { departs: StandingShown["departs"] }) {
  const text = useWords(words);
  return (
    <span class="departure">
      <Badge tone={DEPARTURE_TONES[departs] ?? "neutral"}>
        {(departs === "up" || departs === "down") && <Icon name={departs} />}
        {text.departs[departs]}
      </Badge>
    </span>
  );
}

function StandingFacts({
  story,
  standing: { current, reported, sources, confidence, disputes, observation },
  all,
  names,
}: {
  story: string;
  standing: StandingShown;
  all: readonly StandingShown[];
  names: Namer;
}) {
  const text = useWords(words);
  const language = useLanguage();
  if (current === null) return null;
  const others = all.filter(({ key }) => disputes.includes(key));
  return (
    <div class="standing-facts">
      <p>
        {names.entity(current.speaker)} · {text.since} <Time at={current.asOf} />
        {reported !== null && (
          <>
            {" "}
            · <bdi>{reported.source}</bdi>
          </>
        )}
      </p>
      {current.increment !== undefined && <p>{text.added(numberText(language, current.increment))}</p>}
      {others.length > 0 && (
        <p class="standing-dispute">
          {text.disputes(
            others
              .map(({ side, current: said }) => `${names.entity(side)} (${valueText(language, said ?? {})})`)
              .join(language === "ar" ? "، " : ", "),
          )}
        </p>
      )}
      <p class="standing-sure">
        {confidence === null ? (
          <span>{text.baselineAlone}</span>
        ) : (
          <span class="sure" title={text.confidenceHint}>
            <span>{text.confidence}</span>
            <meter min={0} max={1} value={confidence} aria-label={text.confidence} />
            <span>{percentText(language, confidence)}</span>
          </span>
        )}
        {sources > 0 && <span>{counted(language, sources, text.sources)}</span>}
        {observation !== null && (
          <a href={evidencePath(story, observation)}>
            {text.evidence}
            <span class="visually-hidden">
              {" "}
              {numberText(language, current.value ?? 0)} {names.entity(current.speaker)}
            </span>
          </a>
        )}
      </p>
    </div>
  );
}

/** Where the evidence of an observation stands. */
export function evidencePath(story: string, observation: string): string {
  return `/evidence/${story}/${encodeURIComponent(observation)}`;
}

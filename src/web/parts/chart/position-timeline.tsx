import { useLanguage } from "../../words/language.ts";
import { counted, useWords } from "../../words/words.ts";
import "./chart.css";
import type { Tone } from "./step-chart.tsx";
import { dayMark, dayMarks, type Range } from "./time-axis.ts";
import { useRoving } from "./use-roving.ts";
import { words } from "./words.ts";

/** A position that a side held from a time on. */
export interface Stand {
  readonly at: number;
  readonly text: string;
  /** Of the reference article: there is no evidence to open. */
  readonly baseline: boolean;
  readonly label: string;
  readonly href: string | null;
}

/** The positions of one side, oldest first, and the observations of it. */
export interface TimelineRow {
  readonly key: string;
  readonly side: string;
  readonly tone: Tone;
  readonly stands: readonly Stand[];
  readonly points: readonly {
    readonly id: string;
    readonly at: number;
    readonly label: string;
    readonly href: string;
  }[];
}

const MARKS = 6;

/** Who held which position since when, a row for each side; every observation is a link to its evidence. */
export function PositionTimeline({ rows, range }: { rows: readonly TimelineRow[]; range: Range }) {
  const language = useLanguage();
  const place = (at: number) =>
    `${Math.max(0, Math.min(100, ((at - range.from) / Math.max(1, range.to - range.from)) * 100)).toFixed(2)}%`;
  return (
    <div class="timeline">
      {rows.map(({ key, side, tone, stands, points }) => (
        <div key={key} class="timeline-row">
          <p class={`timeline-side tone-${tone}`}>{side}</p>
          <div class="timeline-track" dir="ltr">
            <ol aria-label={side}>
              {stands.map((stand, index) => (
                <li
                  key={`${stand.at} ${stand.text}`}
                  class={`timeline-stand tone-${tone}${stand.baseline ? " timeline-baseline" : ""}`}
                  style={{ left: place(stand.at), right: `calc(100% - ${place(stands[index + 1]?.at ?? range.to)})` }}
                >
                  <StandName stand={stand} />
                </li>
              ))}
            </ol>
            {points.length > 0 && <RowPoints side={side} tone={tone} points={points} place={place} />}
          </div>
        </div>
      ))}
      <div class="timeline-row timeline-axis" aria-hidden="true">
        <span />
        <div class="timeline-track" dir="ltr">
          {dayMarks(range, MARKS).map((at) => (
            <span key={at} style={{ left: place(at) }}>
              {dayMark(language, at)}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

interface RowPointsProps extends Pick<TimelineRow, "side" | "tone" | "points"> {
  readonly place: (at: number) => string;
}

function RowPoints({ side, tone, points, place }: RowPointsProps) {
  const text = useWords(words);
  const language = useLanguage();
  const { list, active, onKeyDown, setCurrent } = useRoving(points.length);
  return (
    <ul
      ref={list}
      class="timeline-points"
      aria-label={`${side}: ${counted(language, points.length, text.points)}. ${text.keys}`}
      onKeyDown={onKeyDown}
    >
      {points.map(({ id, href, label, at }, index) => (
        <li key={id}>
          <a
            class={`chart-point tone-${tone}`}
            href={href}
            title={label}
            tabIndex={index === active ? 0 : -1}
            style={{ left: place(at) }}
            onFocus={() => setCurrent(index)}
          >
            <span class="visually-hidden">{label}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function StandName({ stand: { text, label, href } }: { stand: Stand }) {
  if (href === null)
    return (
      <span title={label} dir="auto">
        {text}
      </span>
    );
  return (
    <a href={href} title={label} aria-label={label} dir="auto">
      {text}
    </a>
  );
}

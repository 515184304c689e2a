import { useMemo, useRef } from "preact/hooks";
import { useLanguage } from "../../words/language.ts";
import "./chart.css";
import { MarkLinks } from "./mark-links.tsx";
import { marksOf } from "./marks.ts";
import type { Tone } from "./step-chart.tsx";
import { dayMark, dayMarks, type Range } from "./time-axis.ts";
import { useWidth } from "./use-width.ts";

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
    readonly more: number;
  }[];
}

const MARKS = 6;

interface PositionTimelineProps {
  readonly rows: readonly TimelineRow[];
  readonly range: Range;
  /** Where all observations are listed. */
  readonly all: string;
}

/** Who held which position since when, a row for each side; every observation is a link to its evidence. */
export function PositionTimeline({ rows, range, all }: PositionTimelineProps) {
  const language = useLanguage();
  const place = (at: number) => `${(shareOf(range, at) * 100).toFixed(2)}%`;
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
            {points.length > 0 && <RowPoints {...{ side, tone, points, range, all }} />}
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

const shareOf = ({ from, to }: Range, at: number) => Math.max(0, Math.min(1, (at - from) / Math.max(1, to - from)));

interface RowPointsProps extends Pick<TimelineRow, "side" | "tone" | "points"> {
  readonly range: Range;
  readonly all: string;
}

function RowPoints({ side, tone, points, range, all }: RowPointsProps) {
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder);
  const marks = useMemo(() => {
    const placed = points.map((point) => ({
      ...point,
      tone,
      hollow: false,
      y: 0,
      x: shareOf(range, point.at) * (width ?? 0),
    }));
    return marksOf(placed.sort((a, b) => a.at - b.at));
  }, [points, tone, range, width]);
  return (
    <div ref={holder} class="timeline-points">
      {width !== null && <MarkLinks label={side} marks={marks} width={width} all={all} />}
    </div>
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

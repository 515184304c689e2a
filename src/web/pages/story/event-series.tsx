import { useMemo } from "preact/hooks";
import type { LineShown, PointShown, SeriesShown } from "../../../api/series-shown.ts";
import { LateStepChart } from "../../parts/chart/late-step-chart.tsx";
import { PositionTimeline, type TimelineRow } from "../../parts/chart/position-timeline.tsx";
import type { ChartLine, ChartPoint } from "../../parts/chart/step-chart.tsx";
import type { Range } from "../../parts/chart/time-axis.ts";
import { claimText, sideTone } from "../../parts/claims/claim-text.ts";
import { claimWords } from "../../parts/claims/claim-words.ts";
import type { Namer } from "../../parts/claims/use-labels.ts";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { Time } from "../../parts/time.tsx";
import { dateText } from "../../words/dates.ts";
import { type Language, useLanguage } from "../../words/language.ts";
import { counted, useWords } from "../../words/words.ts";
import { evidencePath } from "./standing-list.tsx";
import { words } from "./words.ts";

interface EventSeriesProps {
  readonly story: string;
  readonly title: string;
  readonly event: string;
  readonly series: Pick<SeriesShown, "lines" | "points">;
  readonly range: Range;
  readonly names: Namer;
  readonly height: number;
}

const isFigure = ({ subject, key }: LineShown) => (subject ?? key).startsWith("figure");

/** An event's values as a step chart and its positions as a timeline, each with a table that says the same. */
export function EventSeries({ story, event, title, series, range, names, height }: EventSeriesProps) {
  const text = useWords(words);
  const language = useLanguage();
  const drawn = useMemo(
    () => drawing(series, { story, language, names, range }),
    [series, story, language, names, range],
  );
  const all = `/stories/${story}/events/${encodeURIComponent(event)}#observations`;
  const repeated = series.points.reduce((sum, { more = 0 }) => sum + more, 0);
  return (
    <div class="event-series">
      {drawn.hasFigures && (
        <>
          <LateStepChart
            label={`${title}. ${text.chart}`}
            lines={drawn.lines}
            points={drawn.points}
            range={range}
            height={drawn.flat ? FLAT_HEIGHT : height}
            all={all}
          />
          <Legend
            lines={drawn.lines}
            series={series}
            names={names}
            hollow={drawn.points.some((point) => point.hollow)}
          />
        </>
      )}
      {drawn.rows.length > 0 && <PositionTimeline rows={drawn.rows} range={range} all={all} />}
      {series.points.length > 0 && (
        <details class="series-table">
          <summary>{text.asTable}</summary>
          {repeated > 0 && (
            <p class="small muted">
              {text.repeated(counted(language, repeated, text.observations))} <a href={all}>{text.allObservations}</a>
            </p>
          )}
          <PointTable story={story} title={title} points={series.points} names={names} />
        </details>
      )}
    </div>
  );
}

/** What never changed needs no room to rise. */
const FLAT_HEIGHT = 110;

interface Drawing {
  readonly flat: boolean;
  readonly hasFigures: boolean;
  readonly lines: readonly ChartLine[];
  readonly points: readonly ChartPoint[];
  readonly rows: readonly TimelineRow[];
}

interface DrawingOptions {
  readonly story: string;
  readonly language: Language;
  readonly names: Namer;
  readonly range: Range;
}

function drawing(series: EventSeriesProps["series"], options: DrawingOptions): Drawing {
  const figures = series.lines.filter(isFigure);
  const lines = [...baselineLines(figures, options.range), ...figures.map(lineOf)].filter(
    ({ steps }) => steps.length > 0,
  );
  const points = series.points
    .filter((point) => point.subject.startsWith("figure"))
    .map((point) => chartPoint(point, options));
  const statements = series.points.filter((point) => !point.subject.startsWith("figure"));
  const rows = rowsOf(
    series.lines.filter((line) => !isFigure(line)),
    statements,
    options,
  );
  const values = new Set([...lines.flatMap(({ steps }) => steps), ...points].map(({ value }) => value));
  return { flat: values.size <= 1, hasFigures: lines.length + points.length > 0, lines, points, rows };
}

const stepTime = (asOf: string) => Date.parse(asOf.length === 10 ? `${asOf}T12:00:00Z` : asOf);

function lineOf({ key, side, steps }: LineShown): ChartLine {
  return {
    key,
    tone: sideTone(side),
    steps: steps.flatMap(({ state }) =>
      state.value === undefined ? [] : [{ at: stepTime(state.asOf), value: state.value }],
    ),
  };
}

/** The values of the article go on as a thin line, so that what departs from them can be seen. */
function baselineLines(lines: readonly LineShown[], range: Range): ChartLine[] {
  return lines.flatMap(({ key, side, steps }) => {
    const first = steps[0];
    if (first === undefined || first.observation !== null || first.state.value === undefined) return [];
    const { value } = first.state;
    return [{ key: `baseline ${key}`, tone: sideTone(side), dashed: true, steps: [{ at: range.from, value }] }];
  });
}

const HOLLOW = new Set(["previous", "component", "combined", "denied", "background", "increment"]);

function chartPoint(point: PointShown, { story, language, names }: DrawingOptions): ChartPoint {
  const { id, at, value, low, high, role, side } = point;
  return {
    id,
    at: Date.parse(at),
    value: value ?? (low === undefined ? 0 : (low + (high ?? low)) / 2),
    tone: sideTone(side),
    hollow: role !== undefined && HOLLOW.has(role),
    label: pointLabel(point, language, names),
    href: evidencePath(story, id),
    more: point.more ?? 0,
  };
}

/** What a point says: value, reading, speaker, source, time. */
function pointLabel(point: PointShown, language: Language, names: Namer): string {
  const role = point.role === undefined ? "" : (claimWords[language].roles[point.role] ?? point.role);
  const said = [
    claimText(language, point, names),
    role,
    names.entity(point.speaker === "-" ? point.side : point.speaker),
  ];
  // Isolated: a Latin name must not draw the day of an Arabic date to itself.
  const where = [`\u2068${point.source}\u2069`, dateText(language, new Date(point.at), "time")];
  return [...said.filter((part) => part !== ""), where.join(language === "ar" ? "، " : ", ")].join(" · ");
}

function rowsOf(lines: readonly LineShown[], points: readonly PointShown[], options: DrawingOptions): TimelineRow[] {
  const { story, language, names } = options;
  const rows = new Map<string, TimelineRow>();
  for (const { key, side, steps } of lines) {
    rows.set(side, {
      key,
      side: names.entity(side),
      tone: sideTone(side),
      points: [],
      stands: changesOf(steps).map(({ state, observation }) => ({
        at: stepTime(state.asOf),
        text: names.position(state.position ?? ""),
        baseline: observation === null,
        label: [
          observation === null ? words[language].baseline : "",
          names.position(state.position ?? ""),
          names.entity(state.speaker === "-" ? state.side : state.speaker),
          dateText(language, new Date(stepTime(state.asOf)), observation === null ? "day" : "time"),
        ]
          .filter((part) => part !== "")
          .join(" · "),
        href: observation === null ? null : evidencePath(story, observation),
      })),
    });
  }
  const happening = rows.has("any");
  for (const point of points) {
    const side = happening ? "any" : point.side;
    const row = rows.get(side) ?? { key: side, side: names.entity(side), tone: sideTone(side), stands: [], points: [] };
    const shown = {
      id: point.id,
      at: Date.parse(point.at),
      label: pointLabel(point, language, names),
      href: evidencePath(story, point.id),
      more: point.more ?? 0,
    };
    rows.set(side, { ...row, points: [...row.points, shown] });
  }
  return [...rows.values()];
}

/** Without those that repeat the position before: several reports bring the same. */
function changesOf(steps: LineShown["steps"]): LineShown["steps"] {
  return steps.filter(({ state }, index) => index === 0 || state.position !== steps[index - 1]?.state.position);
}

interface LegendProps {
  readonly lines: readonly ChartLine[];
  readonly series: EventSeriesProps["series"];
  readonly names: Namer;
  readonly hollow: boolean;
}

function Legend({ lines, series, names, hollow }: LegendProps) {
  const text = useWords(words);
  const sides = [...new Set([...series.lines.filter(isFigure), ...series.points].map(({ side }) => side))];
  return (
    <ul class="legend small muted">
      {sides.map((side) => (
        <li key={side} class={`legend-side tone-${sideTone(side)}`}>
          {names.entity(side)}
        </li>
      ))}
      {hollow && <li class="legend-hollow">{text.legendHollow}</li>}
      {lines.some(({ dashed }) => dashed) && <li class="legend-dashed">{text.legendBaseline}</li>}
    </ul>
  );
}

interface PointTableProps {
  readonly story: string;
  readonly title: string;
  readonly points: readonly PointShown[];
  readonly names: Namer;
}

function PointTable({ story, title, points, names }: PointTableProps) {
  const text = useWords(words);
  const language = useLanguage();
  const { roles } = useWords(claimWords);
  const columns: Column<PointShown>[] = [
    { key: "at", label: text.when, cell: ({ at }) => <Time at={at} /> },
    {
      key: "claim",
      label: text.value,
      heading: true,
      cell: (point) => <a href={evidencePath(story, point.id)}>{claimText(language, point, names)}</a>,
    },
    { key: "role", label: text.role, cell: ({ role }) => (role === undefined ? "" : (roles[role] ?? role)) },
    {
      key: "speaker",
      label: text.speaker,
      cell: ({ speaker, side }) => names.entity(speaker === "-" ? side : speaker),
    },
    { key: "source", label: text.source, cell: ({ source }) => <bdi>{source}</bdi> },
  ];
  const newest = [...points].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return <DataTable caption={title} columns={columns} rows={newest} keyOf={({ id }) => id} narrow="scroll" />;
}

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useLanguage } from "../../words/language.ts";
import "./chart.css";
import { MarkLinks, type PlacedPoint } from "./mark-links.tsx";
import { type Mark, marksOf } from "./marks.ts";
import { type Palette, usePalette } from "./palette.ts";
import { dayMark, dayMarks, type Range } from "./time-axis.ts";

export type Tone = keyof Palette["sides"];

/** An observation: a link to its evidence. */
export interface ChartPoint {
  readonly id: string;
  readonly at: number;
  readonly value: number;
  readonly tone: Tone;
  /** Does not count as a new value: an earlier count, a part, a denial. */
  readonly hollow: boolean;
  /** Read aloud, and shown beside the point. */
  readonly label: string;
  readonly href: string;
  /** How many later ones, which say the same, it stands for. */
  readonly more: number;
}

/** What one side has given, value by value. */
export interface ChartLine {
  readonly key: string;
  readonly tone: Tone;
  readonly dashed?: boolean;
  readonly steps: readonly { readonly at: number; readonly value: number }[];
}

export interface StepChartProps {
  readonly label: string;
  readonly lines: readonly ChartLine[];
  readonly points: readonly ChartPoint[];
  readonly range: Range;
  /** In CSS pixels. */
  readonly height: number;
  /** Where all observations are listed. */
  readonly all: string;
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark<PlacedPoint>[];
}

/** Values over time as steps, drawn on a canvas; over it every observation as a link, at its value. */
export function StepChart({ label, lines, points, range, height, all }: StepChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const language = useLanguage();
  const palette = usePalette();
  const [area, setArea] = useState<Area | null>(null);
  const bounds = useMemo(() => boundsOf(lines, points), [lines, points]);
  useEffect(() => {
    const target = holder.current;
    if (target === null) return;
    const place = (chart: uPlot) => setArea(areaOf(chart, points));
    const chart = new uPlot(
      {
        width: Math.max(target.clientWidth, 120),
        height,
        legend: { show: false },
        cursor: { show: false },
        padding: [10, 12, 0, 0],
        scales: {
          x: { time: true, range: [range.from / 1000, range.to / 1000] },
          y: { range: [bounds.from, bounds.to] },
        },
        axes: [
          {
            ...axisLooks(palette),
            size: 28,
            splits: (self) => dayMarks(range, self.bbox.width / devicePixelRatio / 68).map((at) => at / 1000),
            values: (_self, splits) => splits.map((second) => dayMark(language, second * 1000)),
          },
          {
            ...axisLooks(palette),
            size: 46,
            space: 34,
            incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000],
          },
        ],
        series: [{}, ...lines.map((line) => seriesOf(line, palette))],
        hooks: { draw: [place] },
      },
      dataOf(lines, range),
      target,
    );
    const resize = new ResizeObserver(() => {
      if (target.clientWidth > 0) chart.setSize({ width: target.clientWidth, height });
    });
    resize.observe(target);
    return () => {
      resize.disconnect();
      chart.destroy();
    };
  }, [lines, points, range.from, range.to, height, palette, language, bounds]);
  return (
    <div class="chart" dir="ltr" style={{ minHeight: `${height}px` }}>
      <div ref={holder} class="chart-canvas" aria-hidden="true" />
      {area !== null && (
        <div
          class="chart-plot"
          style={{ left: `${area.left}px`, top: `${area.top}px`, width: `${area.width}px`, height: `${area.height}px` }}
        >
          <MarkLinks label={label} marks={area.marks} width={area.width} all={all} />
        </div>
      )}
    </div>
  );
}

function axisLooks({ text, line, font }: Palette): uPlot.Axis {
  return {
    stroke: text,
    font: `11px ${font}`,
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1, size: 4 },
    gap: 4,
  };
}

function seriesOf({ tone, dashed }: ChartLine, { sides, text }: Palette): uPlot.Series {
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  return {
    stroke: dashed ? text : sides[tone],
    width: dashed ? 1.25 : 2.25,
    ...(dashed ? { dash: [4, 4] } : {}),
    ...(stepped === undefined ? {} : { paths: stepped }),
    points: { show: false },
    spanGaps: true,
  };
}

/** uPlot wants one row of times for all lines; a line that ended before goes on to the end with its last value. */
function dataOf(lines: readonly ChartLine[], range: Range): uPlot.AlignedData {
  const within = (at: number) => Math.max(range.from, Math.min(range.to, at));
  const times = [
    ...new Set([range.from, range.to, ...lines.flatMap(({ steps }) => steps.map(({ at }) => within(at)))]),
  ];
  times.sort((a, b) => a - b);
  const place = new Map(times.map((at, index) => [at, index]));
  const rows = lines.map(({ steps }) => {
    const row: (number | null)[] = times.map(() => null);
    for (const { at, value } of steps) row[place.get(within(at)) as number] = value;
    const last = steps.at(-1);
    if (last !== undefined) row[times.length - 1] = last.value;
    return row;
  });
  return [times.map((at) => at / 1000), ...rows];
}

function boundsOf(lines: readonly ChartLine[], points: readonly ChartPoint[]): { from: number; to: number } {
  const values = [
    ...lines.flatMap(({ steps }) => steps.map(({ value }) => value)),
    ...points.map(({ value }) => value),
  ];
  const [least, most] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as [number, number]);
  if (!Number.isFinite(least)) return { from: 0, to: 1 };
  const air = Math.max((most - least) * 0.12, most * 0.06, 1);
  return { from: least < most * 0.6 ? 0 : Math.max(0, Math.floor(least - air)), to: Math.ceil(most + air) };
}

function areaOf(chart: uPlot, points: readonly ChartPoint[]): Area {
  const scale = devicePixelRatio;
  const { left, top, width, height } = chart.bbox;
  const placed = [...points]
    .sort((a, b) => a.at - b.at)
    .map((point) => ({
      ...point,
      // What lies outside the time shown stands at its edge.
      x: Math.max(0, Math.min(width / scale, chart.valToPos(point.at / 1000, "x"))),
      y: chart.valToPos(point.value, "y"),
    }));
  return { left: left / scale, top: top / scale, width: width / scale, height: height / scale, marks: marksOf(placed) };
}

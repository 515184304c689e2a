/** A bar of a plot: its figure, the spread of the runs, and the target drawn across. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
  readonly target?: number;
}

const WIDTH = 760;
const LEFT = 190;
const RIGHT = 90;
const ROW = 34;
const TOP = 46;
const STYLE =
  "<style>text{font:13px system-ui,sans-serif;fill:#24292f}.t{font-weight:600}.s{fill:#57606a}.b{fill:#4c78a8}.l{stroke:#57606a;stroke-width:1.5}.g{stroke:#d0d7de}.x{stroke:#c4432b;stroke-width:2;stroke-dasharray:4 3}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.s{fill:#9198a1}.l{stroke:#9198a1}.g{stroke:#3d444d}}</style>";

/** Bars from left to right, each with the spread of its runs; the dashed line is the target. */
export function barPlot(title: string, unit: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.flatMap(({ value, most = 0, target = 0 }) => [value, most, target]));
  const x = (value: number) => LEFT + (value / most) * (WIDTH - LEFT - RIGHT);
  const rows = bars.map(({ label, value, least, most: highest, target }, place) => {
    const y = TOP + place * ROW;
    const middle = y + 11;
    return [
      `<text x="${LEFT - 10}" y="${y + 15}" text-anchor="end">${escaped(label)}</text>`,
      `<rect class="b" x="${LEFT}" y="${y}" width="${round(x(value) - LEFT)}" height="22" rx="2"/>`,
      least === undefined || highest === undefined || highest === least
        ? ""
        : `<path class="l" d="M${round(x(least))} ${middle}H${round(x(highest))}"/>`,
      target === undefined ? "" : `<path class="x" d="M${round(x(target))} ${y - 4}v30"/>`,
      `<text x="${round(Math.max(x(value), x(highest ?? value)) + 8)}" y="${y + 15}">${shown(value)}</text>`,
    ].join("");
  });
  return framed(title, unit, TOP + bars.length * ROW + 6, rows.join("\n"));
}

/** One line of points over a growing quantity. */
export function linePlot(
  title: string,
  unit: string,
  points: readonly { readonly x: number; readonly y: number }[],
  xLabel: string,
): string {
  const height = 260;
  const bottom = height - 40;
  const highest = Math.max(...points.map(({ y }) => y));
  const furthest = Math.max(...points.map(({ x }) => x));
  const at = ({ x, y }: { x: number; y: number }) =>
    `${round(60 + (x / furthest) * (WIDTH - 90))},${round(bottom - (y / highest) * (bottom - TOP))}`;
  const lines = [0, 0.5, 1].map((share) => {
    const y = round(bottom - share * (bottom - TOP));
    return `<path class="g" d="M60 ${y}H${WIDTH - 30}"/><text class="s" x="54" y="${y + 4}" text-anchor="end">${shown(highest * share)}</text>`;
  });
  const line = `<polyline fill="none" stroke="#4c78a8" stroke-width="2" points="${points.map(at).join(" ")}"/>`;
  const foot = `<text class="s" x="${WIDTH - 30}" y="${height - 14}" text-anchor="end">${escaped(xLabel)}: ${shown(furthest)}</text>`;
  return framed(title, unit, height, [...lines, line, foot].join("\n"));
}

function framed(title: string, unit: string, height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}">${STYLE}
<text class="t" x="12" y="22">${escaped(title)}</text><text class="s" x="${WIDTH - 12}" y="22" text-anchor="end">${escaped(unit)}</text>
${content}
</svg>
`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

function shown(value: number): string {
  if (value >= 1_000_000) return `${round(value / 1_000_000)} M`;
  return value >= 100 ? Math.round(value).toLocaleString("en") : String(Math.round(value * 100) / 100);
}

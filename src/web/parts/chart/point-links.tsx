import { useId, useState } from "preact/hooks";
import { useLanguage } from "../../words/language.ts";
import { counted, useWords } from "../../words/words.ts";
import type { ChartPoint } from "./step-chart.tsx";
import { useRoving } from "./use-roving.ts";
import { words } from "./words.ts";

/** A point with its place inside the plot, in CSS pixels. */
export interface PlacedPoint extends ChartPoint {
  readonly x: number;
  readonly y: number;
}

interface PointLinksProps {
  readonly label: string;
  readonly area: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly points: readonly PlacedPoint[];
}

/** The points of a chart as links, with what the one at hand says. */
export function PointLinks({ label, area, points }: PointLinksProps) {
  const text = useWords(words);
  const language = useLanguage();
  const hint = useId();
  const { list, active, onKeyDown, setCurrent } = useRoving(points.length);
  const [shown, setShown] = useState<PlacedPoint | null>(null);
  if (points.length === 0) return null;
  return (
    <div
      class="chart-plot"
      style={{ left: `${area.left}px`, top: `${area.top}px`, width: `${area.width}px`, height: `${area.height}px` }}
    >
      <p id={hint} class="visually-hidden">
        {text.keys}
      </p>
      <ul
        ref={list}
        aria-label={`${label}: ${counted(language, points.length, text.points)}`}
        onKeyDown={onKeyDown}
        onMouseLeave={() => setShown(null)}
        onFocusOut={() => setShown(null)}
      >
        {points.map((point, index) => (
          <li key={point.id}>
            <a
              class={`chart-point tone-${point.tone}${point.hollow ? " chart-point-hollow" : ""}`}
              href={point.href}
              aria-describedby={index === active ? hint : undefined}
              tabIndex={index === active ? 0 : -1}
              style={{ left: `${point.x}px`, top: `${point.y}px` }}
              onFocus={() => {
                setCurrent(index);
                setShown(point);
              }}
              onMouseEnter={() => setShown(point)}
            >
              <span class="visually-hidden">{point.label}</span>
            </a>
          </li>
        ))}
      </ul>
      {shown !== null && (
        <p
          class={`chart-tip ${shown.y < 64 ? "chart-tip-below" : ""}`}
          aria-hidden="true"
          dir="auto"
          style={{ left: `${clamped(shown.x, area.width)}px`, top: `${shown.y}px` }}
        >
          {shown.label}
        </p>
      )}
    </div>
  );
}

/** The tip is centred on its point and must not leave the chart. */
function clamped(x: number, width: number): number {
  const half = Math.min(130, width / 2);
  return Math.max(half, Math.min(width - half, x));
}

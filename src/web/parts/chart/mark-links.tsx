import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useLanguage } from "../../words/language.ts";
import { counted, numberText, useWords } from "../../words/words.ts";
import { CloseButton } from "../close-button.tsx";
import { words as shared } from "../words.ts";
import type { Mark, Placed } from "./marks.ts";
import { useRoving } from "./use-roving.ts";
import { words } from "./words.ts";

/** An observation with its place inside the plot, in CSS pixels. */
export interface PlacedPoint extends Placed {
  readonly id: string;
  /** What it says, when and where; read aloud, and shown beside it. */
  readonly label: string;
  readonly href: string;
}

interface MarkLinksProps {
  readonly label: string;
  readonly marks: readonly Mark<PlacedPoint>[];
  /** Of the plot, in CSS pixels. */
  readonly width: number;
  /** Where all observations are listed. */
  readonly all: string;
}

const sizeOf = ({ points }: Mark<PlacedPoint>) => points.reduce((sum, { more }) => sum + 1 + more, 0);

/** The marks of a chart: an observation is a link to its evidence, several at one place are a button that lists them. */
export function MarkLinks({ label, marks, width, all }: MarkLinksProps) {
  const text = useWords(words);
  const language = useLanguage();
  const hint = useId();
  const { list, active, onKeyDown, setCurrent } = useRoving(marks.length);
  const [shown, setShown] = useState<Mark<PlacedPoint> | null>(null);
  const [opened, setOpened] = useState<number | null>(null);
  const close = (giveBack: boolean) => {
    if (giveBack && opened !== null) list.current?.querySelectorAll<HTMLElement>("[data-mark]")[opened]?.focus();
    setOpened(null);
  };
  if (marks.length === 0) return null;
  const total = marks.reduce((sum, mark) => sum + sizeOf(mark), 0);
  const group = opened === null ? undefined : marks[opened];
  return (
    <>
      <p id={hint} class="visually-hidden">
        {text.keys}
      </p>
      <ul
        ref={list}
        aria-label={`${label}: ${counted(language, total, text.points)}`}
        onKeyDown={onKeyDown}
        onMouseLeave={() => setShown(null)}
        onFocusOut={() => setShown(null)}
      >
        {marks.map((mark, index) => {
          const [point] = mark.points;
          if (point === undefined) return null;
          const count = sizeOf(mark);
          const looks = `tone-${point.tone}${point.hollow ? " chart-point-hollow" : ""}`;
          const common = {
            "data-mark": index,
            "aria-describedby": index === active ? hint : undefined,
            tabIndex: index === active ? 0 : -1,
            style: { left: `${mark.x}px`, top: `${mark.y}px` },
            onFocus: () => {
              setCurrent(index);
              setShown(mark);
            },
            onMouseEnter: () => setShown(mark),
          };
          return (
            <li key={point.id}>
              {count === 1 ? (
                <a class={`chart-point ${looks}`} href={point.href} {...common}>
                  <span class="visually-hidden">{point.label}</span>
                </a>
              ) : (
                <button
                  type="button"
                  class={`chart-point chart-point-many ${looks}`}
                  aria-expanded={opened === index}
                  {...common}
                  onClick={() => setOpened(opened === index ? null : index)}
                >
                  <span aria-hidden="true">{numberText(language, count)}</span>
                  <span class="visually-hidden">{manyLabel(counted(language, count, text.points), mark)}</span>
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {shown !== null && group === undefined && <Tip mark={shown} width={width} />}
      {group !== undefined && <GroupList mark={group} width={width} all={all} onClose={close} />}
    </>
  );
}

const manyLabel = (count: string, { points }: Mark<PlacedPoint>) => `${count} · ${points[0]?.label ?? ""} …`;

/** What the mark at hand says; for the eye alone, the mark itself is read aloud. */
function Tip({ mark, width }: { mark: Mark<PlacedPoint>; width: number }) {
  const text = useWords(words);
  const language = useLanguage();
  const count = sizeOf(mark);
  const [first] = mark.points;
  return (
    <p
      class={`chart-tip ${mark.y < 64 ? "chart-tip-below" : ""}`}
      aria-hidden="true"
      dir="auto"
      style={{ left: `${clamped(mark.x, width, TIP)}px`, top: `${mark.y}px` }}
    >
      {count === 1 ? first?.label : manyLabel(counted(language, count, text.points), mark)}
    </p>
  );
}

interface GroupListProps {
  readonly mark: Mark<PlacedPoint>;
  readonly width: number;
  readonly all: string;
  readonly onClose: (giveBack: boolean) => void;
}

/** The observations of one mark, each with the way to its evidence. Escape and a click elsewhere close it. */
function GroupList({ mark, width, all, onClose }: GroupListProps) {
  const text = useWords(words);
  const { close } = useWords(shared);
  const language = useLanguage();
  const panel = useRef<HTMLDivElement>(null);
  const title = useId();
  const closing = useRef(onClose);
  closing.current = onClose;
  // At once: who presses Escape next must be heard here.
  useLayoutEffect(() => panel.current?.querySelector("a")?.focus(), [mark]);
  useEffect(() => {
    const outside = ({ target }: Event) => {
      const inside = target instanceof Element && (panel.current?.contains(target) || target.closest("[data-mark]"));
      if (!inside) closing.current(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [mark]);
  const count = sizeOf(mark);
  const hidden = count - mark.points.length;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is for all that is inside.
    <div
      ref={panel}
      class="chart-group"
      dir={language === "ar" ? "rtl" : "ltr"}
      style={{ left: `${clamped(mark.x, width, GROUP)}px`, top: `${mark.y}px` }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose(true);
      }}
      onFocusOut={({ relatedTarget: next }) => {
        const left = next instanceof Element && !panel.current?.contains(next) && next.closest("[data-mark]") === null;
        if (left) onClose(false);
      }}
    >
      <div class="chart-group-head">
        <p id={title}>{counted(language, count, text.points)}</p>
        <CloseButton label={close} onClose={() => onClose(true)} />
      </div>
      <ul aria-labelledby={title}>
        {mark.points.map(({ id, href, label, more }) => (
          <li key={id}>
            <a href={href}>{label}</a>
            {more > 0 && <span class="muted"> {text.repeats(numberText(language, more))}</span>}
          </li>
        ))}
        {hidden > 0 && (
          <li>
            <a href={all}>{text.all}</a>
          </li>
        )}
      </ul>
    </div>
  );
}

/** Half of the width that a tip and a list can have, in CSS pixels. */
const TIP = 130;
const GROUP = 150;

/** What is centred on a mark must not leave the chart. */
function clamped(x: number, width: number, most: number): number {
  const half = Math.min(most, width / 2);
  return Math.max(half, Math.min(width - half, x));
}

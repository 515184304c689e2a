import { useEffect, useRef } from "preact/hooks";
import { directionOf } from "../../parts/quote.tsx";
import { useWords } from "../../words/words.ts";
import type { Decisions, Unit } from "./draft-review.ts";
import { words } from "./words.ts";

interface ArticleViewProps {
  readonly title: string;
  readonly text: string;
  readonly lang: string | null;
  readonly units: readonly Unit[];
  readonly decisions: Decisions;
  readonly active: string | null;
  readonly onChoose: (key: string) => void;
}

/** The article as it was read, with the words of every claim marked; the one that is looked at stands out. */
export function ArticleView({ title, text, lang, units, decisions, active, onChoose }: ArticleViewProps) {
  const say = useWords(words);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const mark = box.current?.querySelector<HTMLElement>("[data-active=true]");
    const outer = box.current;
    if (!mark || !outer || outer.scrollHeight <= outer.clientHeight) return;
    outer.scrollTop = mark.offsetTop - outer.clientHeight / 3;
  }, [active]);
  const look = { units, decisions, active, onChoose };
  return (
    // What scrolls must be reachable by keyboard.
    <section
      ref={box}
      class="draft-article"
      tabIndex={0}
      aria-label={say.article}
      lang={lang ?? undefined}
      dir={directionOf(lang)}
    >
      <h3 class="draft-article-title">
        <Field field="title" text={title} {...look} />
      </h3>
      <p>
        <Field field="text" text={text} {...look} />
      </p>
    </section>
  );
}

interface FieldProps extends Pick<ArticleViewProps, "units" | "decisions" | "active" | "onChoose"> {
  readonly field: "title" | "text";
  readonly text: string;
}

function Field({ field, text, units, decisions, active, onChoose }: FieldProps) {
  const spans = units
    .flatMap(({ key, span }) => (span?.field === field ? [{ key, ...span }] : []))
    // What overlaps is marked once: the claim that is looked at first.
    .sort((a, b) => Number(b.key === active) - Number(a.key === active) || a.start - b.start);
  const taken: typeof spans = [];
  for (const span of spans)
    if (taken.every(({ start, end }) => span.end <= start || span.start >= end)) taken.push(span);
  taken.sort((a, b) => a.start - b.start);
  let from = 0;
  const pieces = taken.map(({ key, start, end }) => {
    const before = text.slice(from, start);
    from = end;
    return (
      <span key={key}>
        {before}
        <a
          href={`#unit-${key}`}
          class={`draft-mark draft-mark-${decisions[key] ?? "open"}`}
          data-active={key === active}
          aria-current={key === active}
          onClick={(event) => {
            event.preventDefault();
            onChoose(key);
          }}
        >
          {text.slice(start, end)}
        </a>
      </span>
    );
  });
  return (
    <>
      {pieces}
      {text.slice(from)}
    </>
  );
}

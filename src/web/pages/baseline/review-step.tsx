import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { useUnsaved } from "../../api/unsaved.ts";
import { useLabels } from "../../parts/claims/use-labels.ts";
import { StateMessage } from "../../parts/state-message.tsx";
import { useWords } from "../../words/words.ts";
import { ArticleView } from "./article-view.tsx";
import type { BaselineShown } from "./baseline-page.tsx";
import type { Drawn } from "./draft-mode.tsx";
import {
  type Decision,
  type Decisions,
  headOf,
  isOpen,
  type PresentBaseline,
  resultOf,
  type Unit,
  unitsOf,
} from "./draft-review.ts";
import { SaveStep } from "./save-step.tsx";
import { UnitCard } from "./unit-card.tsx";
import { words } from "./words.ts";

interface ReviewProps {
  readonly file: BaselineShown;
  readonly drawn: Drawn;
  readonly onAgain: () => void;
  readonly onSaved: () => void;
}

/** Claim by claim beside the article: nothing goes on before everything was decided. */
export function ReviewStep({ file, drawn, onAgain, onSaved }: ReviewProps) {
  const text = useWords(words);
  const labels = useLabels(file.story);
  const [draft, setDraft] = useState(drawn.draft);
  const [decisions, setDecisions] = useState<Decisions>({});
  const [active, setActive] = useState<string | null>(null);
  const [keepQuotes, setKeepQuotes] = useState(true);
  const [saved, setSaved] = useState(false);
  useUnsaved(!saved);
  // What the file said when the review began.
  const [present] = useState(file.baseline as PresentBaseline | null);
  const units = useMemo(() => unitsOf(draft, present), [draft, present]);
  const open = units.filter((unit) => isOpen(unit, decisions));
  const decide = (keys: readonly string[], decision: Decision | undefined) => {
    const { ...next } = decisions as Record<string, Decision>;
    for (const key of keys)
      if (decision === undefined) delete next[key];
      else next[key] = decision;
    setDecisions(next);
  };
  const goTo = (key: string) => {
    setActive(key);
    document.getElementById(`unit-${key}`)?.scrollIntoView({ block: "nearest" });
  };
  const claims = units.filter(({ kind }) => kind === "claim").length;
  const baseline = useMemo(
    () => resultOf({ draft, decisions, present, keepQuotes }),
    [draft, decisions, present, keepQuotes],
  );
  const card = (unit: Unit) => (
    <UnitCard
      key={unit.key}
      unit={unit}
      draft={draft}
      notesCoded={drawn.notesCoded}
      present={present}
      names={file}
      labels={labels}
      decision={decisions[unit.key]}
      active={active === unit.key}
      onActive={() => setActive(unit.key)}
      onDecide={(decision) => {
        decide([unit.key], decision);
        setActive(unit.key);
      }}
      onDraft={setDraft}
    />
  );
  const gone = (unit: Unit) => unit.kind === "claim" && decisions[`events.${unit.event}`] === "dropped";
  const drawnUnits = units.filter((unit) => unit.kind !== "kept" && !gone(unit));
  const kept = units.filter(({ kind }) => kind === "kept");
  return (
    <div class="stack">
      <ReviewBar
        decided={units.length - open.length}
        all={units.length}
        onNext={open[0] === undefined ? null : () => goTo(open[0]?.key ?? "")}
        onAgain={onAgain}
      />
      {claims === 0 && <StateMessage kind="empty" title={text.nothingRead} hint={text.nothingReadHint} />}
      <div class="review">
        <ArticleView
          title={drawn.article.title}
          text={drawn.article.text}
          lang={draft.article.lang}
          units={units}
          decisions={decisions}
          active={active}
          onChoose={goTo}
        />
        <div class="stack">
          <ol class="units" aria-label={text.units}>
            {drawnUnits.map(card)}
          </ol>
          {kept.length > 0 && (
            <KeptUnits
              onKeepAll={() =>
                decide(
                  kept.map(({ key }) => key),
                  "accepted",
                )
              }
            >
              {kept.map(card)}
            </KeptUnits>
          )}
        </div>
      </div>
      <label class="baseline-check">
        <input type="checkbox" checked={keepQuotes} onChange={(event) => setKeepQuotes(event.currentTarget.checked)} />
        <span>{text.keepQuotes}</span>
      </label>
      {open.length > 0 && <p class="muted">{text.notYet(open.length)}</p>}
      <SaveStep
        file={file}
        given={{ baseline, note: headOf(file.text, text.note) }}
        ready={open.length === 0}
        onSaved={() => {
          setSaved(true);
          onSaved();
        }}
      />
    </div>
  );
}

interface ReviewBarProps {
  readonly decided: number;
  readonly all: number;
  /** Goes to the next that is open; null: none is. */
  readonly onNext: (() => void) | null;
  readonly onAgain: () => void;
}

/** How far the review is, above everything. */
function ReviewBar({ decided, all, onNext, onAgain }: ReviewBarProps) {
  const text = useWords(words);
  return (
    <div class="row row-apart review-bar">
      <p role="status">
        <progress value={decided} max={all} aria-hidden="true" /> {text.progress(decided, all)}
      </p>
      <div class="row">
        {onNext !== null && (
          <button type="button" class="button button-small" onClick={onNext}>
            {text.nextOpen}
          </button>
        )}
        <button type="button" class="button button-small button-quiet" onClick={onAgain}>
          {text.otherArticle}
        </button>
      </div>
    </div>
  );
}

/** What the file has and the article does not speak of. */
function KeptUnits({ onKeepAll, children }: { onKeepAll: () => void; children: ComponentChildren }) {
  const text = useWords(words);
  return (
    <section class="stack">
      <div class="row row-apart">
        <h2>{text.keptTitle}</h2>
        <button type="button" class="button button-small" onClick={onKeepAll}>
          {text.keepAll}
        </button>
      </div>
      <p class="muted">{text.keptHint}</p>
      <ol class="units" aria-label={text.keptTitle}>
        {children}
      </ol>
    </section>
  );
}

import { useState } from "preact/hooks";
import type { BaselineDraft } from "../../../domain/baseline/draft.ts";
import { Badge } from "../../parts/badge.tsx";
import { claimText } from "../../parts/claims/claim-text.ts";
import { countedText } from "../../parts/claims/counted-words.ts";
import type { Namer } from "../../parts/claims/use-labels.ts";
import { Icon } from "../../parts/icon.tsx";
import { Quote } from "../../parts/quote.tsx";
import { ToldText } from "../../parts/reasons/told-text.tsx";
import { Time } from "../../parts/time.tsx";
import { type Language, useLanguage } from "../../words/language.ts";
import { useLanguageName } from "../../words/language-names.ts";
import { useWords } from "../../words/words.ts";
import type { Drawn } from "./draft-mode.tsx";
import { at, type Decision, type PresentBaseline, type Unit, withAt } from "./draft-review.ts";
import { fieldsOf, type Names } from "./unit-fields.ts";
import { UnitFields } from "./unit-form.tsx";
import { words } from "./words.ts";

interface UnitCardProps {
  readonly unit: Unit;
  readonly draft: BaselineDraft;
  readonly notesCoded: Drawn["notesCoded"];
  readonly present: PresentBaseline | null;
  readonly names: Names;
  readonly labels: Namer;
  readonly decision: Decision | undefined;
  readonly active: boolean;
  readonly onActive: () => void;
  readonly onDecide: (decision: Decision | undefined) => void;
  readonly onDraft: (draft: BaselineDraft) => void;
}

/** One thing to decide: what was read, why it is to be looked at, and accept, correct or drop. */
export function UnitCard(props: UnitCardProps) {
  const { unit, draft, notesCoded, names, decision, active, onActive, onDecide, onDraft } = props;
  const text = useWords(words);
  const [correcting, setCorrecting] = useState(false);
  const fields = fieldsOf(unit, draft, names);
  const review = at(draft, `${unit.key}.review`);
  const decide = (chosen: Decision) => {
    setCorrecting(false);
    onDecide(chosen);
  };
  return (
    <li
      class={`unit unit-${decision ?? "open"}${active ? " unit-active" : ""}`}
      id={`unit-${unit.key}`}
      data-unit={unit.kind}
      onFocusCapture={onActive}
      onPointerDown={onActive}
    >
      <div class="unit-head">
        <UnitSummary {...props} />
        <Badge tone={decision === "accepted" ? "good" : decision === "dropped" ? "neutral" : "warning"}>
          {decision === undefined ? text.open : text.decisions[decision]}
        </Badge>
      </div>
      {decision === undefined && typeof review === "string" && (
        <p class="unit-review small">
          {review.split("; ").map((note, place) => (
            <span key={note}>
              {place > 0 && " · "}
              <ToldText told={{ text: note, coded: notesCoded[note] ?? null }} />
            </span>
          ))}
        </p>
      )}
      {correcting && (
        <UnitFields
          id={unit.key}
          fields={fields}
          read={(path) => at(draft, `${unit.key}.${path}`)}
          onChange={(path, value) => onDraft(withAt(draft, `${unit.key}.${path}`, value))}
        />
      )}
      <div class="unit-actions">
        <button
          type="button"
          class={decision === "accepted" ? "button button-small" : "button button-small button-primary"}
          aria-pressed={decision === "accepted"}
          onClick={() => decide("accepted")}
        >
          <Icon name="check" />
          {unit.kind === "kept" ? text.keep : text.accept}
        </button>
        {fields.length > 0 && (
          <button
            type="button"
            class="button button-small"
            aria-expanded={correcting}
            onClick={() => {
              setCorrecting(!correcting);
              if (decision !== undefined) onDecide(undefined);
            }}
          >
            {text.correct}
          </button>
        )}
        {unit.kind !== "article" && (
          <button
            type="button"
            class="button button-small"
            aria-pressed={decision === "dropped"}
            onClick={() => decide("dropped")}
          >
            {text.drop}
          </button>
        )}
      </div>
    </li>
  );
}

function UnitSummary({ unit, draft, present, labels }: UnitCardProps) {
  const text = useWords(words);
  const language = useLanguage();
  const languageName = useLanguageName();
  const shown = (title: string, body?: preact.ComponentChildren) => (
    <div class="unit-text">
      <p class="unit-kind small muted">{text.kinds[unit.kind]}</p>
      <p class="unit-title">
        <bdi>{title}</bdi>
      </p>
      {body}
    </div>
  );
  if (unit.kind === "article")
    return shown(
      draft.article.source === "unknown" ? text.sourceUnknown : draft.article.source,
      <p class="small">
        {languageName(draft.article.lang)}
        {draft.article.published !== null && (
          <>
            {" · "}
            <Time at={draft.article.published.slice(0, 10)} />
          </>
        )}
      </p>,
    );
  if (unit.kind === "kept") return keptSummary(unit, present, shown, text, language);
  if (unit.kind === "discrepancy" || unit.kind === "background")
    return shown(String(at(draft, `${unit.key}.${unit.kind === "discrepancy" ? "note" : "gloss"}`) ?? ""));
  const event = draft.events[unit.event ?? 0];
  if (event === undefined) return null;
  if (unit.kind === "event")
    return shown(
      titleOf(event, language),
      <p class="small muted">
        <bdi class="mono">{event.id}</bdi>
        {event.sameAs !== undefined && <> · {text.sameAs(event.sameAs)}</>}
      </p>,
    );
  const claim = event.claims[Number(unit.key.split(".").at(-1))];
  if (claim === undefined) return null;
  const { figure, position } = claim;
  const said = [
    figure === undefined ? null : `${countedText(language, figure)}: ${claimText(language, figure, labels)}`,
    position === undefined ? null : labels.position(position),
  ].filter((part) => part !== null);
  return shown(
    said.join(" · "),
    <>
      <p class="small">
        <bdi>{labels.entity(claim.speaker)}</bdi> · {claim.asOf === null ? text.noDay : <Time at={claim.asOf} />}
      </p>
      <Quote text={claim.quote} lang={draft.article.lang} />
    </>,
  );
}

/** What an event is called; a new one has English alone, and what it counts says as much. */
function titleOf({ gloss, claims, id }: BaselineDraft["events"][number], language: Language): string {
  const figure = claims[0]?.figure;
  return gloss[language] ?? (figure === undefined ? (gloss.en ?? id) : countedText(language, figure));
}

function keptSummary(
  unit: Unit,
  present: PresentBaseline | null,
  shown: (title: string, body?: preact.ComponentChildren) => preact.JSX.Element,
  text: (typeof words)["en"],
  language: Language,
) {
  if (unit.key === "kept:discrepancies") return shown(text.keptDiscrepancies(present?.discrepancies?.length ?? 0));
  if (unit.key === "kept:background") return shown(text.keptBackground(present?.background?.length ?? 0));
  const id = unit.key.slice("kept.".length);
  const event = present?.events?.find((one) => one.id === id);
  return shown(
    event?.gloss?.[language] ?? event?.gloss?.en ?? id,
    <p class="small muted">
      <bdi class="mono">{id}</bdi>
    </p>,
  );
}

import type { TraceShown } from "../../../api/trace-shown.ts";
import { type Language, useLanguage } from "../../words/language.ts";
import { numberText, useWords } from "../../words/words.ts";
import { useLabels } from "../claims/use-labels.ts";
import { type Column, DataTable } from "../data-table.tsx";
import { directionOf } from "../quote.tsx";
import type { ReadText } from "./reading-view.tsx";
import { RuleName, RuleReason } from "./rule-reason.tsx";
import { FACTORS_ARABIC } from "./rule-words.ts";
import { When } from "./when.tsx";
import { words } from "./words.ts";

/** What weighs for and against the story, with the words that carry it. */
export function Relevance({ trace: { relevance, weighed, gate } }: { trace: TraceShown }) {
  const text = useWords(words);
  const percent = Math.round(relevance.score * 100);
  const most = Math.max(...weighed.map(({ weight }) => Math.abs(weight)), 1);
  const sorted = [...weighed].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return (
    <section class="card reading-relevance">
      <h2>{text.relevance}</h2>
      <p class="reading-score">{relevance.relevant ? text.belongs(percent) : text.belongsNot(percent)}</p>
      <p class="muted">
        {text.gate}: <When when={gate} />
      </p>
      {sorted.length > 0 && (
        <table class="weights">
          <caption class="visually-hidden">{text.weighs}</caption>
          <thead class="visually-hidden">
            <tr>
              <th scope="col">{text.what}</th>
              <th scope="col">{text.weight}</th>
              <th scope="col">{text.wordsFound}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ what, weight, words: found }) => (
              <tr key={what}>
                <th scope="row">
                  <Factor what={what} />
                </th>
                <td class={weight > 0 ? "weight weight-for" : "weight weight-against"}>
                  <span class="weight-bar" aria-hidden="true">
                    <span style={{ inlineSize: `${(Math.abs(weight) / most) * 100}%` }} />
                  </span>
                  <bdi dir="ltr">{weight > 0 ? `+${weight}` : String(weight)}</bdi>
                </td>
                <td class="weight-words">
                  {found.map((word) => (
                    <span key={word}>
                      <bdi>{word}</bdi>
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** What a factor is called in the language of the interface. */
function Factor({ what }: { what: string }) {
  const arabic = useLanguage() === "ar" ? FACTORS_ARABIC[what] : undefined;
  if (arabic !== undefined) return arabic;
  return (
    <bdi lang="en" dir="ltr">
      {what}
    </bdi>
  );
}

type Seen = TraceShown["numbers"][number];

/** Every number, and why it is no figure. */
export function Numbers({ trace: { numbers }, lang }: { trace: TraceShown; lang: string }) {
  const text = useWords(words);
  const language = useLanguage();
  if (numbers.length === 0) return null;
  const columns: Column<Seen>[] = [
    { key: "text", label: text.number, heading: true, cell: (seen) => <bdi lang={lang}>{seen.text}</bdi> },
    { key: "value", label: text.value, numeric: true, cell: (seen) => <bdi dir="ltr">{sizeOf(seen, language)}</bdi> },
    {
      key: "use",
      label: text.use,
      cell: ({ notFigure }) => (notFigure === null ? text.mayBe : (text.reasons[notFigure] ?? notFigure)),
    },
    {
      key: "when",
      label: text.when,
      cell: ({ when }) => (
        <>
          <When when={when} />
        </>
      ),
    },
  ];
  return (
    <details class="reading-fold">
      <summary>{text.numbersSeen(numbers.length)}</summary>
      <DataTable
        caption={text.numbersSeen(numbers.length)}
        columns={columns}
        rows={numbers}
        keyOf={({ field, start }) => `${field} ${start}`}
      />
    </details>
  );
}

function sizeOf({ value, low, high }: Seen, language: Language): string {
  if (value !== null) return numberText(language, value);
  const ends = [low, high].flatMap((end) => (end === null ? [] : [numberText(language, end)]));
  return ends.length === 0 ? "–" : ends.join("–");
}

type Fired = TraceShown["rules"][number];

/** The rules that fired, in the order of the text, in the words of the configuration. */
export function Rules({ trace: { story, rules }, read }: { trace: TraceShown; read: ReadText }) {
  const text = useWords(words);
  const names = useLabels(story);
  if (rules.length === 0) return null;
  const columns: Column<Fired>[] = [
    { key: "rule", label: text.rule, heading: true, cell: (fired) => <RuleName rule={fired} names={names} /> },
    {
      key: "because",
      label: text.because,
      cell: (fired) => <RuleReason rule={fired} names={names} />,
    },
    {
      key: "at",
      label: text.at,
      cell: ({ field, start, end }) => (
        <bdi lang={read.lang} dir={directionOf(read.lang)}>
          {read[field].slice(start, Math.min(end, start + 80))}
        </bdi>
      ),
    },
  ];
  return (
    <details class="reading-fold">
      <summary>{text.rules(rules.length)}</summary>
      <DataTable
        caption={text.rules(rules.length)}
        columns={columns}
        rows={rules}
        keyOf={({ rule, field, start, end }) => `${rule} ${field} ${start} ${end}`}
      />
    </details>
  );
}

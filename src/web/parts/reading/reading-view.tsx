import type { TraceShown } from "../../../api/trace-shown.ts";
import { useLanguage } from "../../words/language.ts";
import { useLanguageName } from "../../words/language-names.ts";
import { useWords } from "../../words/words.ts";
import { useLabels } from "../claims/use-labels.ts";
import { Time } from "../time.tsx";
import { ClaimList } from "./claim-list.tsx";
import { nameOfClaim } from "./claim-name.ts";
import { MarkedField, marksOf } from "./marked-text.tsx";
import { Numbers, Relevance, Rules } from "./reading-details.tsx";
import { words } from "./words.ts";
import "./reading.css";
import { Verdict } from "./verdict.tsx";

/** A text as the API read it. */
export interface ReadText {
  readonly title: string;
  readonly text: string;
  readonly lang: string;
  readonly published: string;
}

/** `stored`: an item that went its way; `pasted`: what would become of a text; `forgotten`: only the title is left. */
export type ReadingState = "stored" | "pasted" | "waiting" | "parked" | "forgotten";

interface ReadingViewProps {
  readonly read: ReadText;
  readonly trace: TraceShown;
  readonly state: ReadingState;
}

/** What is read in a text: the text with its claims marked, what became of each, and everything that decided. */
export function ReadingView({ read, trace, state }: ReadingViewProps) {
  const text = useWords(words);
  const language = useLanguage();
  const languageName = useLanguageName();
  const names = useLabels(trace.story);
  const marks = marksOf(trace, {
    claim: (index) => nameOfClaim(trace.claims[index], language, names),
    number: (index) => {
      const number = trace.numbers[index];
      return number?.notFigure ? (text.reasons[number.notFigure] ?? number.notFigure) : text.mayBe;
    },
  });
  return (
    <div class="reading">
      <Verdict trace={trace} state={state} />
      <section class="card reading-text">
        <header class="row row-apart">
          <h2>{text.read}</h2>
          <p class="row small muted">
            <span>
              {text.language}: {languageName(read.lang)}
            </span>
            <span>
              {text.published} <Time at={read.published} />
            </span>
          </p>
        </header>
        {read.title !== "" && (
          <div class="reading-title">
            <MarkedField text={read.title} lang={read.lang} marks={marks.title} />
          </div>
        )}
        <MarkedField text={read.text} lang={read.lang} marks={marks.text} />
        <p class="reading-legend small">
          <span class="muted">{text.legend}:</span>
          <span class="mark-figure">{text.figures}</span>
          <span class="mark-statement">{text.statements}</span>
          <span class="mark-number">{text.numbers}</span>
        </p>
      </section>
      <ClaimList trace={trace} lang={read.lang} names={names} pasted={state === "pasted"} />
      <Relevance trace={trace} />
      <Numbers trace={trace} lang={read.lang} />
      <Rules trace={trace} read={read} />
    </div>
  );
}

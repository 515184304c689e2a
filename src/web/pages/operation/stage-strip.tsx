import { useLanguage } from "../../words/language.ts";
import { numberText, useWords } from "../../words/words.ts";
import { type Health, spanText } from "./health.ts";
import { words } from "./words.ts";

const STAGES = ["fetch", "deduplicate", "classify", "match", "deliver"] as const;
/** What waits longer than this is marked. */
const LATE_SECONDS = 60;

/** The stages in their order, with what waits in each and for how long. */
export function StageStrip({ stages }: { stages: Health["stages"] }) {
  const text = useWords(words);
  const language = useLanguage();
  return (
    <section aria-label={text.stages}>
      <ol class="stages">
        {STAGES.map((stage) => {
          const { depth, oldestSeconds } = stages[stage];
          const late = depth > 0 && oldestSeconds > LATE_SECONDS;
          return (
            <li key={stage} class={late ? "stage stage-late" : "stage"}>
              <h2>{text[stage]}</h2>
              <p class="stage-depth">{numberText(language, depth)}</p>
              <p class="stage-age">{depth === 0 ? text.nothingWaits : text.oldest(spanText(oldestSeconds, text))}</p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

import type { CodedShown } from "../../../api/coded-reason.ts";
import { useWords } from "../../words/words.ts";
import { words } from "../words.ts";
import { toldOf } from "./reason-text.ts";
import { ToldText } from "./told-text.tsx";

/** What a stage failed on: in words, and where it is an error of Rasid itself, as the program told it. */
export function StageError({ error, coded }: { error: string | null; coded: CodedShown }) {
  const text = useWords(words);
  if (error === null || coded !== null) return <ToldText told={toldOf(error, coded)} />;
  return (
    <details class="stage-error">
      <summary>{text.innerError}</summary>
      {/* What scrolls must be reachable by keyboard. */}
      <pre class="mono small" dir="ltr" lang="en" tabIndex={0}>
        {error}
      </pre>
    </details>
  );
}

import { SEVERITIES } from "../../../domain/alert/kinds.ts";
import { useWords } from "../../words/words.ts";
import { claimWords } from "../claims/claim-words.ts";
import type { Least } from "./lists.ts";
import { words } from "./words.ts";

const CONFIDENCES = [50, 60, 70, 80, 90];

/** How severe and how sure an alert must be at least. */
export function LeastSelects({ least, onChange }: { least: Least; onChange: (changes: Partial<Least>) => void }) {
  const text = useWords(words);
  const named = useWords(claimWords);
  return (
    <>
      <label class="filter-labelled">
        {text.severity}
        <select
          value={least.minSeverity}
          onChange={({ currentTarget }) => onChange({ minSeverity: currentTarget.value })}
        >
          <option value="">{text.any}</option>
          {SEVERITIES.slice(1).map((severity) => (
            <option key={severity} value={severity}>
              {text.severityFrom(named.severities[severity] ?? severity)}
            </option>
          ))}
        </select>
      </label>
      <label class="filter-labelled">
        {text.confidence}
        <select
          value={least.minConfidence}
          onChange={({ currentTarget }) => onChange({ minConfidence: currentTarget.value })}
        >
          <option value="">{text.any}</option>
          {CONFIDENCES.map((percent) => (
            <option key={percent} value={String(percent / 100)}>
              {text.confidenceFrom(percent)}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

import { words as filterWords } from "../../parts/alert-filters/words.ts";
import { claimWords } from "../../parts/claims/claim-words.ts";
import { useEvents, useStory } from "../../parts/claims/use-events.ts";
import { useLanguageName } from "../../words/language-names.ts";
import { useWords } from "../../words/words.ts";
import type { Endpoint } from "./endpoint-draft.ts";
import { words } from "./words.ts";

/** Which alerts an endpoint wants, in a line. */
export function FilterSummary({ filters }: Pick<Endpoint, "filters">) {
  const text = useWords(words);
  const filtered = useWords(filterWords);
  const named = useWords(claimWords);
  const languageName = useLanguageName();
  const events = useEvents(useStory());
  const list = (name: string): string[] => (Array.isArray(filters[name]) ? filters[name].map(String) : []);
  const parts = [
    ...list("kinds").map((kind) => named.kinds[kind] ?? kind),
    ...list("events").map((id) => events.find((event) => event.id === id)?.name ?? id),
    ...list("parties").map((party) => filtered.parties[party] ?? party),
    ...list("languages").map(languageName),
    ...list("sources"),
    ...list("stories"),
    ...(typeof filters.minSeverity === "string"
      ? [filtered.severityFrom(named.severities[filters.minSeverity] ?? filters.minSeverity)]
      : []),
    ...(typeof filters.minConfidence === "number"
      ? [filtered.confidenceFrom(Math.round(filters.minConfidence * 100))]
      : []),
  ];
  if (parts.length === 0) return <span class="muted">{text.everything}</span>;
  return (
    <ul class="filter-summary small">
      {parts.map((part) => (
        <li key={part}>
          <bdi>{part}</bdi>
        </li>
      ))}
    </ul>
  );
}

import { useLanguage } from "../../words/language.ts";
import { headlineOf, storyOf, type Told } from "./alert-headline.ts";
import { AlertLine } from "./alert-line.tsx";
import { useLabels } from "./use-labels.ts";

/** An alert by what it tells, as a link to it. */
export function AlertLink({ id, tells }: { id: string; tells: Told }) {
  const language = useLanguage();
  const names = useLabels(storyOf(tells));
  return (
    <a href={`/alerts/${id}`}>
      <AlertLine headline={headlineOf(tells, language, names)} />
    </a>
  );
}

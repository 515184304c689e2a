import type { TraceShown } from "../../../api/trace-shown.ts";
import { useWords } from "../../words/words.ts";
import { Time } from "../time.tsx";
import { words } from "./words.ts";

const PUBLISHED = /^published on (\d{4}-\d{2}-\d{2})$/;

/** When something happened to the story's window, and what says so: words of the text, or the day of publication. */
export function When({ when: { scope, because } }: { when: TraceShown["gate"] }) {
  const text = useWords(words);
  const day = PUBLISHED.exec(because)?.[1];
  if (day !== undefined)
    return (
      <>
        {text.scopes[scope]} ({text.byPublication} <Time at={day} />)
      </>
    );
  if (because === "no time is given") return <>{text.scopes[scope]}</>;
  return (
    <>
      {text.scopes[scope]} <q dir="auto">{because}</q>
    </>
  );
}

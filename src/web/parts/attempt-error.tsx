import { useWords } from "../words/words.ts";
import { words } from "./words.ts";

/** Why an attempt failed: in the words of the interface where it was the answer's status, else as it was noted. */
export function AttemptError({ error }: { error: string }) {
  const text = useWords(words);
  const status = /^the endpoint answered (\d{3})$/.exec(error)?.[1];
  if (status !== undefined) return <span>{text.answered(status)}</span>;
  return (
    <bdi lang="en" dir="ltr">
      {error}
    </bdi>
  );
}

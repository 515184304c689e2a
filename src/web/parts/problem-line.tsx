interface ProblemLineProps {
  readonly id?: string;
  /** What is wrong, in the API's English; nothing is shown where nothing is. */
  readonly problem: string | null | undefined;
}

/** What is wrong with what was sent, read out at once. */
export function ProblemLine({ id, problem }: ProblemLineProps) {
  if (!problem) return null;
  return (
    <p class="field-problem" id={id} role="alert" lang="en" dir="auto">
      {problem}
    </p>
  );
}

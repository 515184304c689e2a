import type { Told } from "./reasons/reason-text.ts";
import { ToldText } from "./reasons/told-text.tsx";

/** What is wrong; nothing is shown where nothing is. */
export type Problems = Told | readonly Told[] | null | undefined;

interface ProblemLineProps {
  readonly id?: string;
  readonly problem: Problems;
}

/** What is wrong with what was sent, read out at once. */
export function ProblemLine({ id, problem }: ProblemLineProps) {
  if (problem == null) return null;
  return (
    <p class="field-problem" id={id} role="alert">
      {[problem].flat().map((told, at) => (
        <span key={told.field}>
          {at > 0 && " · "}
          {told.field !== undefined && (
            <>
              <bdi class="mono">{told.field}</bdi>:{" "}
            </>
          )}
          <ToldText told={told} />
        </span>
      ))}
    </p>
  );
}

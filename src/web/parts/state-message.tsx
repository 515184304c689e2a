import type { ComponentChildren } from "preact";
import type { ApiProblem } from "../api/client.ts";
import { useWords } from "../words/words.ts";
import { Icon, type IconName } from "./icon.tsx";
import { ToldText } from "./reasons/told-text.tsx";
import { words } from "./words.ts";

interface StateMessageProps {
  readonly kind: "empty" | "error";
  readonly title: ComponentChildren;
  /** What to do: a sentence. */
  readonly hint?: ComponentChildren;
  readonly icon?: IconName;
  /** Links and buttons that do it. */
  readonly children?: ComponentChildren;
}

/** What stands where there is nothing to show: why, and what to do. */
export function StateMessage({ kind, title, hint, icon, children }: StateMessageProps) {
  return (
    <div class={`state state-${kind}`} role={kind === "error" ? "alert" : undefined}>
      <Icon name={icon ?? (kind === "error" ? "warning" : "list")} />
      <p class="state-title">{title}</p>
      {hint !== undefined && <p class="state-hint">{hint}</p>}
      {children !== undefined && <div class="state-actions">{children}</div>}
    </div>
  );
}

/** Grey lines in place of what is on its way. */
export function LoadingMessage({ lines = 4 }: { lines?: number }) {
  const text = useWords(words);
  return (
    <div class="loading" role="status">
      <span class="visually-hidden">{text.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class="loading-line" aria-hidden="true" />
      ))}
    </div>
  );
}

/** An answer that is an error, in words, with a way to try again. */
export function ProblemMessage({ problem, onRetry }: { problem: ApiProblem; onRetry?: () => void }) {
  const text = useWords(words);
  return (
    <StateMessage kind="error" title={<ProblemTitle problem={problem} />}>
      {onRetry !== undefined && problem.status !== 404 && (
        <button type="button" class="button" onClick={onRetry}>
          <Icon name="repeat" />
          {text.again}
        </button>
      )}
    </StateMessage>
  );
}

function ProblemTitle({ problem }: { problem: ApiProblem }) {
  const text = useWords(words);
  if (problem.status === 0) return <>{text.noAnswer}</>;
  if (problem.status === 403) return <>{text.forbidden}</>;
  if (problem.status === 404) return <ToldText told={problem.told} />;
  return (
    <>
      {text.failed}: <ToldText told={problem.told} />
    </>
  );
}

import { useEffect } from "preact/hooks";
import { post } from "../../api/client.ts";
import { useQuery } from "../../api/use-query.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { attempt } from "../../parts/notices.tsx";
import { StageError } from "../../parts/reasons/stage-error.tsx";
import { ProblemMessage } from "../../parts/state-message.tsx";
import { Time } from "../../parts/time.tsx";
import { mayWrite } from "../../shell/caller.ts";
import { useWords } from "../../words/words.ts";
import type { Parked } from "./health.ts";
import { words } from "./words.ts";

/** What a stage failed on, with a way to try it again. @param count how many there are, as the health says. */
export function ParkedRevisions({ count }: { count: number }) {
  const text = useWords(words);
  const { data, error, reload } = useQuery<{ parked: readonly Parked[] }>(
    count === 0 ? null : "/api/v1/pipeline/parked",
  );
  // Another count is another list.
  useEffect(reload, [count]);
  const retry = async (revisions?: readonly string[]) => {
    const freed = await attempt(
      () => post<{ revisions: number }>("/api/v1/pipeline/parked/retry", revisions === undefined ? {} : { revisions }),
      ({ revisions: count }) => text.retried(count),
    );
    if (freed) reload();
  };
  const parked = count === 0 ? [] : (data?.parked ?? []);
  return (
    <section class="stack" aria-labelledby="parked">
      <div class="row row-apart">
        <div>
          <h2 id="parked">{text.parked}</h2>
          {parked.length > 0 && <p class="muted">{text.parkedHint}</p>}
          {count === 0 && <p class="muted">{text.parkedNone}</p>}
        </div>
        {parked.length > 1 && mayWrite() && (
          <button type="button" class="button" onClick={() => retry()}>
            {text.retryAll}
          </button>
        )}
      </div>
      {error !== null && <ProblemMessage problem={error} onRetry={reload} />}
      {parked.length > 0 && (
        <DataTable
          caption={text.parked}
          rows={parked}
          keyOf={({ revision }) => revision}
          columns={[
            {
              key: "revision",
              label: text.revision,
              heading: true,
              cell: ({ revision, item }) => <a href={`/items/${item}`}>{revision}</a>,
            },
            { key: "stage", label: text.stage, cell: ({ stage }) => nameOf(stage, text) },
            {
              key: "error",
              label: text.error,
              cell: ({ error, errorCoded }) => <StageError error={error} coded={errorCoded} />,
            },
            { key: "since", label: text.since, cell: ({ since }) => <Time at={since} /> },
            {
              key: "actions",
              label: text.actions,
              cell: ({ revision }) => (
                <button
                  type="button"
                  class="button button-small"
                  disabled={!mayWrite()}
                  onClick={() => retry([revision])}
                >
                  {text.retry}
                </button>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}

function nameOf(stage: string | null, text: Readonly<Record<"deduplicate" | "classify" | "match", string>>): string {
  if (stage === "deduplicate" || stage === "classify" || stage === "match") return text[stage];
  return stage ?? "–";
}

import { useQuery } from "../../api/use-query.ts";
import { PageHeader } from "../../parts/page-header.tsx";
import { LoadingMessage, ProblemMessage } from "../../parts/state-message.tsx";
import { useWords } from "../../words/words.ts";
import { DeadLetters } from "./dead-letters.tsx";
import type { Health, Readiness } from "./health.ts";
import "./operation.css";
import { ParkedRevisions } from "./parked-revisions.tsx";
import { QueueFrame } from "./queue-frame.tsx";
import { StageStrip } from "./stage-strip.tsx";
import { StateList } from "./state-list.tsx";
import { words } from "./words.ts";

const EVERY_MS = 5000;

/** `/operation`: the stages with what waits in them, what failed, and the queues' own dashboard. */
export function Page() {
  const text = useWords(words);
  const health = useQuery<Health>("/api/v1/pipeline/health", { everyMs: EVERY_MS });
  const readiness = useQuery<Readiness>("/readyz", { everyMs: EVERY_MS });
  return (
    <>
      <PageHeader title={text.title} lead={text.lead} />
      <div class="stack operation">
        {health.loading && <LoadingMessage lines={3} />}
        {health.error !== null && <ProblemMessage problem={health.error} onRetry={health.reload} />}
        {health.data !== undefined && (
          <>
            <StageStrip stages={health.data.stages} />
            <StateList health={health.data} readiness={readiness.data} unready={readiness.error !== null} />
            <ParkedRevisions count={health.data.parked} />
            <DeadLetters count={health.data.deliveries.dead} />
          </>
        )}
        {/* A whole application of its own: what stands above it comes first. */}
        {!health.loading && <QueueFrame />}
      </div>
    </>
  );
}

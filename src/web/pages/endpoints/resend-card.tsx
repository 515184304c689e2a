import { useState } from "preact/hooks";
import { type ApiProblem, post } from "../../api/client.ts";
import { problemFrom } from "../../api/use-query.ts";
import { FormField } from "../../parts/form-field.tsx";
import { notify } from "../../parts/notices.tsx";
import { useWords } from "../../words/words.ts";
import type { Endpoint } from "./endpoint-draft.ts";
import { words } from "./words.ts";

interface ResendProps {
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly onSent: () => void;
}

const DAY_MS = 86_400_000;

/** A time as `datetime-local` takes it, in the reader's zone. */
function localInput(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Sends again what was missed since a time, or everything from one alert on. */
export function ResendCard({ endpoint, path, onSent }: ResendProps) {
  const text = useWords(words);
  const [since, setSince] = useState(() => localInput(new Date(Date.now() - DAY_MS)));
  const [from, setFrom] = useState("");
  const [problem, setProblem] = useState<{ of: "recover" | "replay"; problem: ApiProblem } | null>(null);
  const send = async (verb: "recover" | "replay", body: object) => {
    setProblem(null);
    try {
      const { deliveries } = await post<{ deliveries: number }>(`${path}/${verb}`, body);
      notify(text.sentAgain(deliveries));
      onSent();
    } catch (error) {
      setProblem({ of: verb, problem: problemFrom(error) });
    }
  };
  const problemOf = (verb: "recover" | "replay", field: string) =>
    problem?.of === verb ? (problem.problem.problemOf(field) ?? problem.problem.message) : null;
  return (
    <section class="card stack">
      <h2>{text.resend}</h2>
      {!endpoint.enabled && <p class="muted">{text.resendDisabled}</p>}
      <form
        class="resend"
        onSubmit={(event) => {
          event.preventDefault();
          void send("recover", { since: new Date(since).toISOString() });
        }}
      >
        <FormField label={text.recover} hint={text.recoverHint} problem={problemOf("recover", "since")}>
          {(control) => (
            <input
              {...control}
              type="datetime-local"
              required
              min={localInput(new Date(Date.now() - 14 * DAY_MS))}
              max={localInput(new Date())}
              value={since}
              onInput={(event) => setSince(event.currentTarget.value)}
            />
          )}
        </FormField>
        <button type="submit" class="button" disabled={!endpoint.enabled || since === ""}>
          {text.recoverDo}
        </button>
      </form>
      <form
        class="resend"
        onSubmit={(event) => {
          event.preventDefault();
          void send("replay", { from: from.trim() });
        }}
      >
        <FormField label={text.replay} hint={text.replayHint} problem={problemOf("replay", "from")}>
          {(control) => (
            <input
              {...control}
              class="ltr"
              required
              placeholder="alt_…"
              value={from}
              onInput={(event) => setFrom(event.currentTarget.value)}
            />
          )}
        </FormField>
        <button type="submit" class="button" disabled={!endpoint.enabled || from.trim() === ""}>
          {text.replayDo}
        </button>
      </form>
    </section>
  );
}

import { useState } from "preact/hooks";
import { post } from "../../api/client.ts";
import { useSubmission } from "../../api/use-submission.ts";
import { Form } from "../../parts/form.tsx";
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
  const recovery = useSubmission(() => send("recover", { since: new Date(since).toISOString() }));
  const replay = useSubmission(() => send("replay", { from: from.trim() }));
  async function send(verb: "recover" | "replay", body: object): Promise<void> {
    const { deliveries } = await post<{ deliveries: number }>(`${path}/${verb}`, body);
    notify(text.sentAgain(deliveries));
    onSent();
  }
  return (
    <section class="card stack">
      <h2>{text.resend}</h2>
      {!endpoint.enabled && <p class="muted">{text.resendDisabled}</p>}
      <Form class="resend" onSubmit={recovery.submit}>
        <FormField
          label={text.recover}
          hint={text.recoverHint}
          problem={recovery.problem?.problemOf("since") ?? recovery.problem?.told}
        >
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
        <button type="submit" class="button" disabled={recovery.busy || !endpoint.enabled || since === ""}>
          {text.recoverDo}
        </button>
      </Form>
      <Form class="resend" onSubmit={replay.submit}>
        <FormField
          label={text.replay}
          hint={text.replayHint}
          problem={replay.problem?.problemOf("from") ?? replay.problem?.told}
        >
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
        <button type="submit" class="button" disabled={replay.busy || !endpoint.enabled || from.trim() === ""}>
          {text.replayDo}
        </button>
      </Form>
    </section>
  );
}

import { post } from "../api/client.ts";
import { useSubmission } from "../api/use-submission.ts";
import { useWords } from "../words/words.ts";
import { Icon } from "./icon.tsx";
import { attempt } from "./notices.tsx";
import { words } from "./words.ts";

interface RedeliverButtonProps {
  readonly delivery: string;
  /** Whether it is what the page is for, rather than one of a row. */
  readonly main?: boolean;
  readonly onSent: () => void;
}

/** Sends a delivery again, to the same endpoint and under the same webhook-id. */
export function RedeliverButton({ delivery, main = false, onSent }: RedeliverButtonProps) {
  const text = useWords(words);
  const { busy, submit } = useSubmission(async () => {
    const sent = await attempt(
      () => post(`/api/v1/deliveries/${encodeURIComponent(delivery)}/redeliver`),
      () => text.redelivered,
    );
    if (sent) onSent();
  });
  return (
    <button
      type="button"
      class={main ? "button button-primary" : "button button-small"}
      aria-label={main ? undefined : `${text.redeliver} ${delivery}`}
      disabled={busy}
      onClick={() => void submit()}
    >
      <Icon name="repeat" />
      {text.redeliver}
    </button>
  );
}

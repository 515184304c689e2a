import { ShownOnce } from "../../parts/shown-once.tsx";
import { Time } from "../../parts/time.tsx";
import { useWords } from "../../words/words.ts";
import { words } from "./words.ts";

interface SecretDialogProps {
  readonly secret: string;
  /** Until when the secret before signs too; null of a new endpoint. */
  readonly previousUntil: string | null;
  readonly onClose: () => void;
}

/** A signing secret, shown this once, and how a receiver verifies with it. */
export function SecretDialog({ secret, previousUntil, onClose }: SecretDialogProps) {
  const text = useWords(words);
  return (
    <ShownOnce
      title={text.secretTitle}
      warning={text.secretOnce}
      note={
        previousUntil !== null && (
          <p>
            {text.secretOverlap} <Time at={previousUntil} as="both" />
          </p>
        )
      }
      secret={secret}
      kept={text.secretKept}
      onClose={onClose}
    >
      <h3>{text.verifyTitle}</h3>
      <p>
        {text.verify} <a href="https://www.standardwebhooks.com">Standard Webhooks</a>
      </p>
      <pre tabIndex={0} lang="en">
        {VERIFY}
      </pre>
      <p class="small muted">{text.verifyAfter}</p>
    </ShownOnce>
  );
}

const VERIFY = `import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.RASID_WEBHOOK_SECRET);
const alert = webhook.verify(body, headers); // throws where the signature is wrong`;

import { remove } from "../../api/client.ts";
import { useSubmission } from "../../api/use-submission.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { DialogButtons } from "../../parts/dialog-buttons.tsx";
import { notify } from "../../parts/notices.tsx";
import { ToldText } from "../../parts/reasons/told-text.tsx";
import { Time } from "../../parts/time.tsx";
import { caller } from "../../shell/caller.ts";
import { useWords } from "../../words/words.ts";
import { type ApiKey, widestScope } from "./api-key.ts";
import { words } from "./words.ts";

interface RevokeDialogProps {
  readonly asked: ApiKey;
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}

/** Asks once more before a key is revoked, and says what stops working with it. */
export function RevokeDialog({ asked, onClose, onRevoked }: RevokeDialogProps) {
  const text = useWords(words);
  const own = caller().key === asked.id;
  const { busy, problem, submit } = useSubmission(async () => {
    await remove(`/api/v1/keys/${asked.id}`);
    if (own) {
      window.location.assign("/sign-in?next=/keys");
      return;
    }
    notify(text.revokedNow);
    onClose();
    onRevoked();
  });
  return (
    <Dialog
      title={text.revokeTitle(asked.name)}
      onClose={onClose}
      actions={<DialogButtons onClose={onClose} word={text.revoke} danger disabled={busy} does={submit} />}
    >
      <p>{text.stops}</p>
      <ul class="key-stops">
        <li>
          {text.stopsPrograms}{" "}
          {asked.lastUsedAt === null ? (
            text.neverUsed
          ) : (
            <>
              {text.usedLast} <Time at={asked.lastUsedAt} as="ago" />.
            </>
          )}
        </li>
        {asked.sessions > 0 && (
          <li>
            {text.stopsSessions(asked.sessions)} {own && text.stopsOwn}
          </li>
        )}
        {widestScope(asked) === "admin" && <li>{text.stopsAdmin}</li>}
      </ul>
      <p class="muted">{text.final}</p>
      {problem !== null && (
        <div class="field-problem" role="alert">
          <p>
            <ToldText told={problem.told} />
          </p>
          {problem.status === 409 && <p>{text.refusedHint}</p>}
        </div>
      )}
    </Dialog>
  );
}

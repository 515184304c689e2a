import { useSubmission } from "../api/use-submission.ts";
import { Dialog } from "./dialog.tsx";
import { DialogButtons } from "./dialog-buttons.tsx";

interface ConfirmProps {
  readonly title: string;
  /** The word on the button that does it. */
  readonly word: string;
  /** Whether something is lost by it. */
  readonly danger?: boolean;
  readonly onClose: () => void;
  readonly onYes: () => Promise<void>;
  /** What will happen. */
  readonly children: string;
}

/** Asks once more before something is done. */
export function ConfirmDialog({ title, word, danger = false, onClose, onYes, children }: ConfirmProps) {
  const { busy, submit } = useSubmission(onYes);
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={<DialogButtons onClose={onClose} word={word} danger={danger} disabled={busy} does={submit} />}
    >
      <p>{children}</p>
    </Dialog>
  );
}

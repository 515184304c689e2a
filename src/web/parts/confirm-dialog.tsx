import { useWords } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";
import { words } from "./words.ts";

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
  const text = useWords(words);
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button" onClick={onClose}>
            {text.cancel}
          </button>
          <button
            type="button"
            class={danger ? "button button-danger" : "button button-primary"}
            onClick={() => void onYes()}
          >
            {word}
          </button>
        </>
      }
    >
      <p>{children}</p>
    </Dialog>
  );
}

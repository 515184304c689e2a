import { useWords } from "../words/words.ts";
import { words } from "./words.ts";

interface DialogButtonsProps {
  readonly onClose: () => void;
  /** The word on the button that closes; without it, «cancel». */
  readonly closing?: string | undefined;
  /** The word on the button that does it; without it there is no such button. */
  readonly word?: string | undefined;
  readonly danger?: boolean;
  /** Whether it cannot be done now: something lacks, or it is on its way. */
  readonly disabled?: boolean;
  /** What does it: the form of this id, or a function. */
  readonly does: string | (() => Promise<void>);
}

/** The buttons at the foot of a dialog: one leaves everything as it is, the other does what the dialog is for. */
export function DialogButtons({ onClose, closing, word, danger = false, disabled = false, does }: DialogButtonsProps) {
  const text = useWords(words);
  const doing =
    typeof does === "string" ? { type: "submit" as const, form: does } : { type: "button" as const, onClick: does };
  return (
    <>
      <button type="button" class="button" onClick={onClose}>
        {closing ?? text.cancel}
      </button>
      {word !== undefined && (
        <button {...doing} class={danger ? "button button-danger" : "button button-primary"} disabled={disabled}>
          {word}
        </button>
      )}
    </>
  );
}

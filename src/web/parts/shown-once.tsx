import type { ComponentChildren } from "preact";
import { Dialog } from "./dialog.tsx";
import { SecretLine } from "./secret-line.tsx";

interface ShownOnceProps {
  readonly title: string;
  /** Says that the secret is not shown again. */
  readonly warning: string;
  /** What stands above the secret. */
  readonly note?: ComponentChildren;
  readonly secret: string;
  /** Says that the secret is kept, and closes. */
  readonly kept: string;
  readonly onClose: () => void;
  /** How the secret is used. */
  readonly children: ComponentChildren;
}

/** A secret that was just made and is shown this once. */
export function ShownOnce({ title, warning, note, secret, kept, onClose, children }: ShownOnceProps) {
  return (
    <Dialog
      title={title}
      wide
      onClose={onClose}
      actions={
        <button type="button" class="button button-primary" onClick={onClose}>
          {kept}
        </button>
      }
    >
      <p>{warning}</p>
      {note}
      <SecretLine secret={secret} />
      {children}
    </Dialog>
  );
}

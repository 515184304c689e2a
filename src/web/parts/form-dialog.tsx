import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { useUnsaved } from "../api/unsaved.ts";
import { Dialog } from "./dialog.tsx";
import { DialogButtons } from "./dialog-buttons.tsx";
import { Form } from "./form.tsx";

interface FormDialogProps {
  readonly title: string;
  /** The word on the button that sends the form. */
  readonly word: string;
  /** The word on the button that closes; without it, «cancel». */
  readonly closing?: string;
  readonly wide?: boolean;
  /** Whether the form cannot be sent now: something lacks, or it is on its way. */
  readonly disabled: boolean;
  readonly onClose: () => void;
  readonly onSubmit: () => Promise<void>;
  /** The fields. */
  readonly children: ComponentChildren;
  /** What stands beneath the form. */
  readonly after?: ComponentChildren;
}

/** A dialog that holds one form. */
export function FormDialog(props: FormDialogProps) {
  const { title, word, closing, wide = false, disabled, onClose, onSubmit, children, after } = props;
  const form = useId();
  const [typed, setTyped] = useState(false);
  useUnsaved(typed);
  return (
    <Dialog
      title={title}
      wide={wide}
      onClose={onClose}
      actions={<DialogButtons onClose={onClose} closing={closing} word={word} disabled={disabled} does={form} />}
    >
      <Form id={form} class="stack" onSubmit={onSubmit} onInput={() => setTyped(true)}>
        {children}
      </Form>
      {after}
    </Dialog>
  );
}

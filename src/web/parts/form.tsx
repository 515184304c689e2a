import type { ComponentChildren } from "preact";

interface FormProps {
  readonly id?: string;
  readonly class: string;
  readonly onSubmit: () => void | Promise<void>;
  /** Something in it was typed or chosen. */
  readonly onInput?: () => void;
  readonly children: ComponentChildren;
}

/** A form whose content goes to the API by a script: the browser itself sends nothing. */
export function Form({ onSubmit, children, ...attributes }: FormProps) {
  return (
    <form
      {...attributes}
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    >
      {children}
    </form>
  );
}

import { Icon, type IconName } from "./icon.tsx";

interface ActionProps {
  readonly icon?: IconName;
  /** Turns the icon round in right-to-left pages. */
  readonly flip?: boolean;
  readonly look?: "primary" | "danger";
  readonly does: () => unknown;
  /** What it does, in a word or two. */
  readonly children: string;
}

/** Something that can be done with what a page shows. */
export function ActionButton({ icon, flip = false, look, does, children }: ActionProps) {
  return (
    <button type="button" class={look === undefined ? "button" : `button button-${look}`} onClick={() => void does()}>
      {icon !== undefined && <Icon name={icon} flip={flip} />}
      {children}
    </button>
  );
}

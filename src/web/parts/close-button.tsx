import { Icon } from "./icon.tsx";

/** Takes away what it stands on. */
export function CloseButton({ label, onClose }: { label: string; onClose: () => void }) {
  return (
    <button type="button" class="button button-quiet button-icon" aria-label={label} onClick={onClose}>
      <Icon name="close" />
    </button>
  );
}

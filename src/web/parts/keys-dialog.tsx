import { Dialog } from "./dialog.tsx";
import "./keys-dialog.css";

export interface KeyHelp {
  readonly keys: readonly string[];
  readonly does: string;
}

/** The keys of a page. */
export function KeysDialog({ title, keys, onClose }: { title: string; keys: readonly KeyHelp[]; onClose: () => void }) {
  return (
    <Dialog title={title} onClose={onClose}>
      <dl class="keys">
        {keys.map(({ keys: pressed, does }) => (
          <div key={does}>
            <dt dir="ltr">
              {pressed.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

import { useState } from "preact/hooks";
import { useWords } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";
import "./page-keys.css";
import { useKeys } from "./use-keys.ts";
import { words } from "./words.ts";

interface KeyHelp {
  readonly keys: readonly string[];
  readonly does: string;
}

/** The button, and the key `?`, that show the keys of a page. @param keys the others. */
export function PageKeys({ keys }: { keys: readonly KeyHelp[] }) {
  const text = useWords(words);
  const [shown, setShown] = useState(false);
  useKeys({ "?": () => setShown(true) });
  return (
    <>
      <button type="button" class="button button-quiet keys-button" onClick={() => setShown(true)}>
        {text.keys} <kbd>?</kbd>
      </button>
      {shown && <KeysDialog keys={keys} onClose={() => setShown(false)} />}
    </>
  );
}

function KeysDialog({ keys, onClose }: { keys: readonly KeyHelp[]; onClose: () => void }) {
  const text = useWords(words);
  return (
    <Dialog title={text.keysTitle} onClose={onClose}>
      <dl class="keys">
        {[...keys, { keys: ["?"], does: text.keyHelp }].map(({ keys: pressed, does }) => (
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

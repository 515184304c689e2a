import { useState } from "preact/hooks";
import { useUnsaved } from "../../api/unsaved.ts";
import { useWords } from "../../words/words.ts";
import type { BaselineShown } from "./baseline-page.tsx";
import { SaveStep } from "./save-step.tsx";
import { words } from "./words.ts";

/** The file itself, as text: for what the review does not offer. */
export function FileMode({ file, onSaved }: { file: BaselineShown; onSaved: () => void }) {
  const text = useWords(words);
  const [changed, setChanged] = useState(file.text ?? "");
  useUnsaved(changed !== (file.text ?? ""));
  return (
    <div class="stack">
      <p class="muted">{text.fileLead}</p>
      <label class="baseline-text">
        <span class="visually-hidden">{text.fileText}</span>
        <textarea
          dir="ltr"
          lang="en"
          class="mono"
          spellcheck={false}
          rows={24}
          value={changed}
          onInput={(event) => setChanged(event.currentTarget.value)}
        />
      </label>
      <SaveStep file={file} given={{ text: changed }} ready={changed !== (file.text ?? "")} onSaved={onSaved} />
    </div>
  );
}

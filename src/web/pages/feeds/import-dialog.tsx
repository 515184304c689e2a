import { useState } from "preact/hooks";
import type { ApiProblem } from "../../api/client.ts";
import { post } from "../../api/client.ts";
import { problemFrom } from "../../api/use-query.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FormField } from "../../parts/form-field.tsx";
import { useWords } from "../../words/words.ts";
import { words } from "./words.ts";

interface Taken {
  readonly added: readonly string[];
  readonly passed: readonly { readonly url: string; readonly lacks: "address" | "language" }[];
}

/** Adds the feeds of an OPML file that the list has not yet. */
export function ImportDialog({ onClose, onAdded }: { onClose: () => void; onAdded: () => void }) {
  const text = useWords(words);
  const [opml, setOpml] = useState("");
  const [lang, setLang] = useState("");
  const [busy, setBusy] = useState(false);
  const [taken, setTaken] = useState<Taken | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  async function send(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      setTaken(await post<Taken>("/api/v1/feeds/import", { opml, ...(lang === "" ? {} : { lang }) }));
      onAdded();
    } catch (error) {
      setProblem(problemFrom(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <Dialog
      title={text.importOpml}
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button" onClick={onClose}>
            {taken === null ? text.cancel : text.done}
          </button>
          <button type="submit" form="opml" class="button button-primary" disabled={busy || opml === ""}>
            {text.import}
          </button>
        </>
      }
    >
      <form
        id="opml"
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <FormField
          label={text.opmlFile}
          hint={text.opmlHint}
          problem={problem === null ? null : (problem.problemOf("opml") ?? problem.message)}
        >
          {(control) => (
            <input
              {...control}
              type="file"
              accept=".opml,.xml,text/x-opml,text/xml"
              onChange={(event) => void event.currentTarget.files?.[0]?.text().then(setOpml)}
            />
          )}
        </FormField>
        <FormField label={text.opmlLang} hint={text.opmlLangHint} optional problem={problem?.problemOf("lang")}>
          {(control) => (
            <input
              {...control}
              class="ltr"
              maxLength={3}
              value={lang}
              onInput={(event) => setLang(event.currentTarget.value.trim().toLowerCase())}
            />
          )}
        </FormField>
      </form>
      {taken !== null && (
        <div role="status">
          <p>{text.imported(taken.added.length)}</p>
          {taken.passed.length > 0 && (
            <>
              <p>{text.passedOver(taken.passed.length)}</p>
              <ul class="import-passed small">
                {taken.passed.map(({ url, lacks }) => (
                  <li key={url}>
                    <bdi dir="ltr">{url}</bdi>: {lacks === "address" ? text.lacksAddress : text.lacksLanguage}
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </Dialog>
  );
}

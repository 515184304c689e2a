import { useState } from "preact/hooks";
import { post } from "../../api/client.ts";
import { useSubmission } from "../../api/use-submission.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FormField } from "../../parts/form-field.tsx";
import { LanguageField } from "../../parts/language-field.tsx";
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
  const [taken, setTaken] = useState<Taken | null>(null);
  const {
    busy,
    problem,
    submit: send,
  } = useSubmission(async () => {
    setTaken(await post<Taken>("/api/v1/feeds/import", { opml, ...(lang === "" ? {} : { lang }) }));
    onAdded();
  });
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
        <LanguageField
          label={text.opmlLang}
          hint={text.opmlLangHint}
          optional
          problem={problem?.problemOf("lang")}
          lang={lang}
          onLang={setLang}
        />
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

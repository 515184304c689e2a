import { useState } from "preact/hooks";
import { post } from "../../api/client.ts";
import { useSubmission } from "../../api/use-submission.ts";
import { FormDialog } from "../../parts/form-dialog.tsx";
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
    <FormDialog
      title={text.importOpml}
      word={text.import}
      disabled={busy || opml === ""}
      onClose={onClose}
      onSubmit={send}
      {...(taken === null ? {} : { closing: text.done, after: <Result taken={taken} /> })}
    >
      <FormField
        label={text.opmlFile}
        hint={text.opmlHint}
        problem={problem?.problemOf("opml") ?? problem?.problemApartFrom("opml", "lang")}
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
    </FormDialog>
  );
}

function Result({ taken }: { taken: Taken }) {
  const text = useWords(words);
  return (
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
  );
}

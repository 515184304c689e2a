import { useState } from "preact/hooks";
import { post } from "../../api/client.ts";
import { useSubmission } from "../../api/use-submission.ts";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { FormField } from "../../parts/form-field.tsx";
import { ProblemLine } from "../../parts/problem-line.tsx";
import { useWords } from "../../words/words.ts";
import { type MadeKey, SCOPES, type Scope } from "./api-key.ts";
import { words } from "./words.ts";

interface KeyFormProps {
  /** Whether there is no key in force yet: it must be able to make others. */
  readonly first: boolean;
  readonly onClose: () => void;
  readonly onMade: (key: MadeKey) => Promise<void>;
}

/** Asks for the name of a new key and for what it may do. */
export function KeyForm({ first, onClose, onMade }: KeyFormProps) {
  const text = useWords(words);
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>(first ? "admin" : "read");
  const { busy, problem, submit } = useSubmission(async () =>
    onMade(await post<MadeKey>("/api/v1/keys", { name, scopes: [scope] })),
  );
  return (
    <FormDialog title={text.make} word={text.make} disabled={busy} onClose={onClose} onSubmit={submit}>
      <FormField label={text.name} hint={text.nameHint} problem={problem?.problemOf("name")}>
        {(control) => (
          <input
            {...control}
            dir="auto"
            required
            maxLength={100}
            autocomplete="off"
            placeholder={text.namePlaceholder}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        )}
      </FormField>
      <fieldset class="key-scopes">
        <legend>{text.scope}</legend>
        {SCOPES.map((one) => (
          <label key={one} class={first && one !== "admin" ? "key-scope key-scope-not" : "key-scope"}>
            <input
              type="radio"
              name="scope"
              value={one}
              checked={scope === one}
              disabled={first && one !== "admin"}
              onChange={() => setScope(one)}
            />
            <span>
              <strong>{text.scopes[one]}</strong>{" "}
              {text.scopes[one] !== one && (
                <bdi class="muted" lang="en">
                  ({one})
                </bdi>
              )}
              <span class="key-scope-hint">{text.scopeHints[one]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {first && <p class="small">{text.firstKey}</p>}
      <ProblemLine problem={problem?.problemApartFrom("name")} />
    </FormDialog>
  );
}

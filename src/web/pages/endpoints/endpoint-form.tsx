import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useSubmission } from "../../api/use-submission.ts";
import { LeastSelects } from "../../parts/alert-filters/least-selects.tsx";
import { ListMenus } from "../../parts/alert-filters/list-menus.tsx";
import { CloseButton } from "../../parts/close-button.tsx";
import "../../parts/filters.css";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { FormField, type FormFieldProps } from "../../parts/form-field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { ProblemLine } from "../../parts/problem-line.tsx";
import { useWords } from "../../words/words.ts";
import { bodyOf, draftOf, type Endpoint, type EndpointDraft } from "./endpoint-draft.ts";
import { words } from "./words.ts";

interface EndpointFormProps {
  /** null: a new one. */
  readonly endpoint: Endpoint | null;
  readonly onClose: () => void;
  /** Sends the body; what it throws is shown beside the fields. */
  readonly onSave: (body: Record<string, unknown>) => Promise<void>;
}

/** Everything that can be said of an endpoint. */
export function EndpointForm({ endpoint, onClose, onSave }: EndpointFormProps) {
  const text = useWords(words);
  const [draft, setDraft] = useState(() => draftOf(endpoint));
  const { busy, problem, submit: save } = useSubmission(() => onSave(bodyOf(draft)));
  const set = (changes: Partial<EndpointDraft>) => setDraft((before) => ({ ...before, ...changes }));
  return (
    <FormDialog
      title={endpoint === null ? text.add : text.edit}
      word={endpoint === null ? text.create : text.save}
      wide
      disabled={busy}
      onClose={onClose}
      onSubmit={save}
    >
      <FormField label={text.url} hint={text.urlHint} problem={problem?.problemOf("url")}>
        {(control) => (
          <input
            {...control}
            type="url"
            required
            placeholder="https://example.org/alerts"
            value={draft.url}
            onInput={(event) => set({ url: event.currentTarget.value })}
          />
        )}
      </FormField>
      <FormField label={text.description} optional problem={problem?.problemOf("description")}>
        {(control) => (
          <input
            {...control}
            dir="auto"
            maxLength={500}
            value={draft.description}
            onInput={(event) => set({ description: event.currentTarget.value })}
          />
        )}
      </FormField>
      <FilterFields draft={draft} set={set} />
      <HeaderFields draft={draft} set={set} />
      <div class="endpoint-limits">
        <LimitField
          label={text.concurrency}
          hint={text.concurrencyHint}
          problem={problem?.problemOf("concurrency")}
          bounds={{ min: 1, max: 100, placeholder: "8" }}
          value={draft.concurrency}
          onValue={(concurrency) => set({ concurrency })}
        />
        <LimitField
          label={text.rate}
          hint={text.rateHint}
          problem={problem?.problemOf("ratePerSecond")}
          bounds={{ min: 0.1, max: 1000, step: "any" }}
          value={draft.ratePerSecond}
          onValue={(ratePerSecond) => set({ ratePerSecond })}
        />
      </div>
      <ProblemLine problem={problem?.problemApartFrom("url", "description", "concurrency", "ratePerSecond")} />
    </FormDialog>
  );
}

interface LimitProps extends Pick<FormFieldProps, "label" | "hint" | "problem"> {
  readonly bounds: Pick<JSX.IntrinsicElements["input"], "min" | "max" | "step" | "placeholder">;
  /** As it is typed. */
  readonly value: string;
  readonly onValue: (value: string) => void;
}

/** A number that may be left open. */
function LimitField({ label, hint, problem, bounds, value, onValue }: LimitProps) {
  return (
    <FormField label={label} hint={hint} optional problem={problem}>
      {(control) => (
        <input
          {...control}
          {...bounds}
          type="number"
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </FormField>
  );
}

interface FieldsProps {
  readonly draft: EndpointDraft;
  readonly set: (changes: Partial<EndpointDraft>) => void;
}

function FilterFields({ draft, set }: FieldsProps) {
  const text = useWords(words);
  return (
    <fieldset class="endpoint-filters">
      <legend>{text.filters}</legend>
      <p class="field-hint">{text.filtersHint}</p>
      <div class="filters">
        <ListMenus
          lists={["kinds", "events", "parties", "languages", "sources"]}
          chosen={draft.lists}
          onChange={(list, chosen) => set({ lists: { ...draft.lists, [list]: chosen } })}
        />
        <LeastSelects least={draft} onChange={set} />
      </div>
    </fieldset>
  );
}

let lastKey = 0;

function HeaderFields({ draft, set }: FieldsProps) {
  const text = useWords(words);
  if (draft.keptHeaders !== null)
    return (
      <div class="endpoint-headers">
        <p>
          {text.headers}: <bdi>{draft.keptHeaders.join(", ")}</bdi>
        </p>
        <button type="button" class="button button-small" onClick={() => set({ keptHeaders: null })}>
          {text.headersAnew}
        </button>
      </div>
    );
  const change = (key: number, changes: { name?: string; value?: string }) =>
    set({ headers: draft.headers.map((header) => (header.key === key ? { ...header, ...changes } : header)) });
  return (
    <fieldset class="endpoint-headers">
      <legend>{text.headers}</legend>
      <p class="field-hint">{text.headersHint}</p>
      {draft.headers.map((header) => (
        <div key={header.key} class="endpoint-header">
          <input
            class="ltr"
            aria-label={text.headerName}
            placeholder="Authorization"
            value={header.name}
            onInput={(event) => change(header.key, { name: event.currentTarget.value })}
          />
          <input
            class="ltr"
            aria-label={text.headerValue}
            autocomplete="off"
            value={header.value}
            onInput={(event) => change(header.key, { value: event.currentTarget.value })}
          />
          <CloseButton
            label={text.headerRemove}
            onClose={() => set({ headers: draft.headers.filter(({ key }) => key !== header.key) })}
          />
        </div>
      ))}
      <button
        type="button"
        class="button button-small"
        onClick={() => {
          lastKey += 1;
          set({ headers: [...draft.headers, { key: lastKey, name: "", value: "" }] });
        }}
      >
        <Icon name="add" />
        {text.headerAdd}
      </button>
    </fieldset>
  );
}

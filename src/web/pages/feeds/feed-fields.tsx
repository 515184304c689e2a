import type { ApiProblem } from "../../api/client.ts";
import { Form } from "../../parts/form.tsx";
import { FormField } from "../../parts/form-field.tsx";
import { LanguageField } from "../../parts/language-field.tsx";
import { ProblemLine } from "../../parts/problem-line.tsx";
import { useWords } from "../../words/words.ts";
import { words } from "./words.ts";

/** What is kept of a feed. */
export interface FeedDraft {
  readonly url: string;
  readonly source: string;
  readonly lang: string;
  readonly id: string;
  readonly tier: 1 | 2 | 3;
  readonly timezone: string;
  readonly fullText: boolean;
}

interface FeedFieldsProps {
  readonly id: string;
  readonly draft: FeedDraft;
  readonly problem: ApiProblem | null;
  readonly onDraft: (draft: FeedDraft) => void;
  readonly onSubmit: (draft: FeedDraft) => Promise<void>;
}

const TIERS = [1, 2, 3] as const;
const ZONES = "supportedValuesOf" in Intl ? Intl.supportedValuesOf("timeZone") : [];

/** The fields of a feed that is to be added. */
export function FeedFields({ id, draft, problem, onDraft, onSubmit }: FeedFieldsProps) {
  const text = useWords(words);
  const set = (changes: Partial<FeedDraft>) => onDraft({ ...draft, ...changes });
  return (
    <Form id={id} class="feed-fields" onSubmit={() => onSubmit(draft)}>
      <FormField label={text.source} hint={text.sourceHint} problem={problem?.problemOf("source")}>
        {(control) => (
          <input
            {...control}
            required
            dir="auto"
            value={draft.source}
            onInput={(event) => set({ source: event.currentTarget.value })}
          />
        )}
      </FormField>
      <LanguageField
        label={text.lang}
        hint={text.langHint}
        problem={problem?.problemOf("lang")}
        lang={draft.lang}
        onLang={(lang) => set({ lang })}
      />
      <FormField label={text.tier} hint={text.tierHint} problem={problem?.problemOf("tier")}>
        {(control) => (
          <select
            {...control}
            value={draft.tier}
            onChange={(event) => set({ tier: Number(event.currentTarget.value) as FeedDraft["tier"] })}
          >
            {TIERS.map((tier) => (
              <option key={tier} value={tier}>
                {text.tiers[tier]}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField label={text.timezone} hint={text.timezoneHint} optional problem={problem?.problemOf("timezone")}>
        {(control) => (
          <>
            <input
              {...control}
              class="ltr"
              list={`${id}-zones`}
              placeholder="Asia/Yerevan"
              value={draft.timezone}
              onInput={(event) => set({ timezone: event.currentTarget.value.trim() })}
            />
            <datalist id={`${id}-zones`}>
              {ZONES.map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
          </>
        )}
      </FormField>
      <FormField label={text.id} hint={text.idHint} optional problem={problem?.problemOf("id")}>
        {(control) => (
          <input
            {...control}
            class="ltr"
            pattern="[a-z0-9][a-z0-9\-]*"
            value={draft.id}
            onInput={(event) => set({ id: event.currentTarget.value })}
          />
        )}
      </FormField>
      <label class="feed-check">
        <input
          type="checkbox"
          checked={draft.fullText}
          onChange={(event) => set({ fullText: event.currentTarget.checked })}
        />
        <span class="feed-check-text">
          {text.fullText}
          <span class="field-hint">{text.fullTextHint}</span>
        </span>
      </label>
      <ProblemLine problem={problem?.problemApartFrom("source", "lang", "id", "tier", "timezone")} />
    </Form>
  );
}

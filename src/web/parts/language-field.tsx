import { FormField, type FormFieldProps } from "./form-field.tsx";

interface LanguageFieldProps extends Omit<FormFieldProps, "children"> {
  readonly lang: string;
  readonly onLang: (lang: string) => void;
}

/** A language by its ISO code of two or three letters. */
export function LanguageField({ lang, onLang, ...field }: LanguageFieldProps) {
  return (
    <FormField {...field}>
      {(control) => (
        <input
          {...control}
          required={!field.optional}
          class="ltr"
          maxLength={3}
          value={lang}
          onInput={(event) => onLang(event.currentTarget.value.trim().toLowerCase())}
        />
      )}
    </FormField>
  );
}

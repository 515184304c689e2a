import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { useWords } from "../words/words.ts";
import { ProblemLine, type Problems } from "./problem-line.tsx";
import { words } from "./words.ts";

/** What the control of a field must carry, so that its label, hint and problem are read with it. */
export interface ControlProps {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": "true" | undefined;
}

export interface FormFieldProps {
  readonly label: string;
  readonly hint?: ComponentChildren;
  /** What is wrong, as the API says it (`problem.problemOf("url")`). */
  readonly problem?: Problems;
  readonly optional?: boolean;
  readonly children: (control: ControlProps) => ComponentChildren;
}

/** A labelled control: `<FormField label="…">{(control) => <input {...control} />}</FormField>`. */
export function FormField({ label, hint, problem, optional = false, children }: FormFieldProps) {
  const text = useWords(words);
  const id = useId();
  const described = [hint === undefined ? "" : `${id}-hint`, problem ? `${id}-problem` : ""].join(" ").trim();
  return (
    <div class={problem ? "field field-invalid" : "field"}>
      <label for={id}>
        {label}
        {optional && <span class="field-optional">{text.optional}</span>}
      </label>
      {children({
        id,
        "aria-describedby": described === "" ? undefined : described,
        "aria-invalid": problem ? "true" : undefined,
      })}
      {hint !== undefined && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <ProblemLine id={`${id}-problem`} problem={problem} />
    </div>
  );
}

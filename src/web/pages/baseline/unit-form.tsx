import type { UnitField } from "./unit-fields.ts";

interface UnitFieldsProps {
  readonly id: string;
  readonly fields: readonly UnitField[];
  readonly read: (path: string) => unknown;
  readonly onChange: (path: string, value: unknown) => void;
}

/** The fields of a unit, named as in the file, so that what is corrected here is found again there. */
export function UnitFields({ id, fields, read, onChange }: UnitFieldsProps) {
  return (
    <div class="unit-fields">
      {fields.map((field) => (
        <div key={field.path} class={`unit-field unit-field-${field.type}`}>
          <label class="small mono" dir="ltr" for={`${id}-${field.path}`}>
            {field.label}
          </label>
          <Control
            field={field}
            id={`${id}-${field.path}`}
            value={read(field.path)}
            onChange={(value) => onChange(field.path, value)}
          />
        </div>
      ))}
    </div>
  );
}

interface ControlProps {
  readonly field: UnitField;
  readonly id: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function Control({ field, id, value, onChange }: ControlProps) {
  const text = value === undefined || value === null ? "" : String(value);
  const cleared = field.path === "figure.value" ? null : undefined;
  if (field.type === "check")
    return (
      <input
        id={id}
        type="checkbox"
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  if (field.type === "choice")
    return (
      <select id={id} value={text} onChange={(event) => onChange(event.currentTarget.value)}>
        {[...new Set([text, ...(field.options ?? [])])].map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    );
  if (field.type === "number")
    return (
      <input
        id={id}
        type="number"
        step="any"
        value={text}
        onInput={({ currentTarget }) => onChange(currentTarget.value === "" ? cleared : Number(currentTarget.value))}
      />
    );
  if (field.type === "long")
    return (
      <textarea
        id={id}
        rows={2}
        dir="auto"
        value={text}
        onInput={(event) => onChange(event.currentTarget.value || undefined)}
      />
    );
  return (
    <>
      <input
        id={id}
        type={field.type}
        dir="auto"
        list={field.options === undefined ? undefined : `${id}-list`}
        value={text}
        onInput={(event) => onChange(event.currentTarget.value || undefined)}
      />
      {field.options !== undefined && (
        <datalist id={`${id}-list`}>
          {field.options.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
    </>
  );
}

import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./icon.tsx";

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** The label's own language and direction are told by the browser. */
  readonly hint?: string;
}

interface FilterMenuProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Several of many, folded away behind a button that says how many are chosen. */
export function FilterMenu({ label, choices, chosen, onChange }: FilterMenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  // Of hundreds of sources nobody need wait for who does not open the menu.
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const close = (event: Event) => {
      const menu = details.current;
      if (!menu?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        menu.open = false;
        menu.querySelector("summary")?.focus();
      } else if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("keydown", close, true);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("keydown", close, true);
    };
  }, []);
  const known = new Set(choices.map(({ value }) => value));
  const shown = [...choices, ...chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: value }))];
  const named = shown.filter(({ value }) => chosen.includes(value));
  return (
    <details
      ref={details}
      onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}
      class={chosen.length > 0 ? "filter-menu filter-menu-set" : "filter-menu"}
    >
      <summary class="button">
        <span>
          {label}
          {named.length > 0 && <bdi>: {named.length === 1 ? named[0]?.label : named.length}</bdi>}
        </span>
        <Icon name="chevron" />
      </summary>
      <fieldset class="filter-menu-choices">
        <legend class="visually-hidden">{label}</legend>
        {(opened ? shown : []).map(({ value, label: name, hint }: Choice) => (
          <label key={value} class="filter-menu-choice" title={hint}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={({ currentTarget }) =>
                onChange(currentTarget.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
              }
            />
            <bdi>{name}</bdi>
          </label>
        ))}
      </fieldset>
    </details>
  );
}

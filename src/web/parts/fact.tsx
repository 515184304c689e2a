import type { ComponentChildren } from "preact";

/** One thing that is known, under what it is called: a child of `<dl class="facts-beside">` or `"facts-lines"`. */
export function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

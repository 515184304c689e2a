import { sideTone } from "./claim-text.ts";
import "./side-dot.css";

/** A dot in the colour of a side. */
export function SideDot({ side }: { side: string }) {
  return <span class={`side-dot side-${sideTone(side)}`} aria-hidden="true" />;
}

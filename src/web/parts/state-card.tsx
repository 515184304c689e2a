import type { ComponentChildren } from "preact";
import { Badge, type Tone } from "./badge.tsx";

interface StateCardProps {
  readonly tone: Tone;
  readonly state: string;
  /** What the state means: a sentence. */
  readonly meaning: string;
  readonly children: ComponentChildren;
}

/** How something does: its state in a word, a sentence and a colour, and what goes with it. */
export function StateCard({ tone, state, meaning, children }: StateCardProps) {
  return (
    <section class={`card state-card state-card-${tone}`}>
      <p class="row">
        <Badge tone={tone}>{state}</Badge>
        <span>{meaning}</span>
      </p>
      {children}
    </section>
  );
}

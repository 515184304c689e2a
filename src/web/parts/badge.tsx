import type { ComponentChildren } from "preact";

export type Tone = "neutral" | "accent" | "good" | "notice" | "warning" | "danger";

/** A short mark: a state, a kind, a severity. Its text says what its colour says. */
export function Badge({
  tone = "neutral",
  title,
  children,
}: {
  tone?: Tone;
  title?: string;
  children: ComponentChildren;
}) {
  return (
    <span class={`badge badge-${tone}`} title={title}>
      {children}
    </span>
  );
}

const TONES: Readonly<Record<string, Tone>> = { low: "neutral", medium: "notice", high: "warning", critical: "danger" };

/** The tone of an alert's severity. */
export function severityTone(severity: string): Tone {
  return TONES[severity] ?? "neutral";
}

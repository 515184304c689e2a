import { CloseButton } from "../../parts/close-button.tsx";
import { ProblemLine } from "../../parts/problem-line.tsx";
import type { Told } from "../../parts/reasons/reason-text.ts";
import { LoadingMessage } from "../../parts/state-message.tsx";
import { useWords } from "../../words/words.ts";
import type { Probed } from "./feed-health.ts";
import { ProbeResult } from "./probe-result.tsx";
import { words } from "./words.ts";

/** A look at a feed that was asked for. */
export type Probe =
  | { readonly state: "none" }
  | { readonly state: "looking" }
  | { readonly state: "failed"; readonly problem: Told }
  | { readonly state: "found"; readonly feed: Probed };

/** What the look came to. */
export function ProbeCard({ probe, onClose }: { probe: Probe; onClose: () => void }) {
  const text = useWords(words);
  if (probe.state === "none") return null;
  return (
    <section class="card" aria-live="polite">
      <h2 class="row row-apart">
        {text.testResult}
        <CloseButton label={text.close} onClose={onClose} />
      </h2>
      {probe.state === "looking" && <LoadingMessage lines={3} />}
      {probe.state === "failed" && <ProblemLine problem={probe.problem} />}
      {probe.state === "found" && <ProbeResult feed={probe.feed} />}
    </section>
  );
}

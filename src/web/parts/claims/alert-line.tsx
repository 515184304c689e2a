import "./alert-line.css";
import type { Headline } from "./alert-headline.ts";

/** A headline with its change set apart: "Armenian deaths  105 → at least 135  Nikol Pashinyan". */
export function AlertLine({ headline }: { headline: Headline }) {
  const { subject, before, after, speaker, joint } = headline;
  return (
    <span class="alert-line">
      <span class="alert-line-subject">
        <bdi>{subject}</bdi>
      </span>{" "}
      {(before !== null || after !== null) && (
        <span class="alert-line-change">
          {before !== null && <bdi class="alert-line-before">{before}</bdi>}
          {before !== null && after !== null && ` ${joint} `}
          {after !== null && <bdi>{after}</bdi>}
        </span>
      )}{" "}
      {speaker !== null && <bdi class="alert-line-speaker">{speaker}</bdi>}
    </span>
  );
}

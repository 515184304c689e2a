import { useLanguage } from "../../words/language.ts";
import "./alert-line.css";
import { ARROWS, type Headline } from "./alert-headline.ts";

/** A headline with its change set apart: "Armenian deaths  105 → at least 135  Nikol Pashinyan". */
export function AlertLine({ headline }: { headline: Headline }) {
  const language = useLanguage();
  const { subject, before, after, speaker } = headline;
  return (
    <span class="alert-line">
      <span class="alert-line-subject">
        <bdi>{subject}</bdi>
      </span>{" "}
      {(before !== null || after !== null) && (
        <span class="alert-line-change">
          {before !== null && <bdi class="alert-line-before">{before}</bdi>}
          {before !== null && after !== null && ` ${ARROWS[language]} `}
          {after !== null && <bdi>{after}</bdi>}
        </span>
      )}{" "}
      {speaker !== null && <bdi class="alert-line-speaker">{speaker}</bdi>}
    </span>
  );
}

import { useLanguage } from "../words/language.ts";
import "./confidence.css";

const LABELS = {
  en: (percent: number) => `${percent}% sure`,
  ar: (percent: number) => `الثقة ${percent}٪`,
};

/** How sure something is, as a number and a bar. @param value 0 to 1. */
export function Confidence({ value }: { value: number }) {
  const percent = Math.round(value * 100);
  return (
    <span class="confidence">
      <span class="confidence-bar" aria-hidden="true">
        <span style={{ inlineSize: `${percent}%` }} />
      </span>
      {LABELS[useLanguage()](percent)}
    </span>
  );
}

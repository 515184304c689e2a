import type { ComponentChildren } from "preact";
import { useLanguage } from "../../words/language.ts";
import { reasonText, type Told } from "./reason-text.ts";

interface ToldProps {
  readonly told: Told | null;
  /** What stands where nothing is told. */
  readonly otherwise?: ComponentChildren;
}

/** Why something did not work: in the language of the interface, or in the API's English where that has no words for it. */
export function ToldText({ told, otherwise = "–" }: ToldProps) {
  const language = useLanguage();
  if (told === null) return <>{otherwise}</>;
  const { text, lang } = reasonText(language, told);
  return (
    <bdi lang={lang} dir={lang === "ar" ? "rtl" : "ltr"}>
      {text}
    </bdi>
  );
}

import { useLanguage } from "../../words/language.ts";
import type { Namer } from "../claims/use-labels.ts";
import { arabicReason, arabicRule } from "./rule-words.ts";

interface RuleProps {
  readonly rule: { readonly rule: string; readonly because: string };
  readonly names: Namer;
}

/** What a rule is called. */
export function RuleName({ rule: { rule }, names }: RuleProps) {
  const arabic = useLanguage() === "ar" ? arabicRule(rule, names) : null;
  return arabic === null ? (
    <code lang="en" dir="ltr">
      {rule}
    </code>
  ) : (
    <strong>{arabic}</strong>
  );
}

/** Why a rule decided: in Arabic one reason after the other, those that are unknown as they came. */
export function RuleReason({ rule: { because }, names }: RuleProps) {
  const language = useLanguage();
  const reasons = because.split("; ");
  const arabic = reasons.map((reason) => (language === "ar" ? arabicReason(reason, names) : null));
  if (arabic.every((one) => one === null))
    return (
      <span lang="en" dir="auto">
        {because}
      </span>
    );
  return (
    <>
      {reasons.map((reason, at) => (
        <span key={reason}>
          {at > 0 && "؛ "}
          {arabic[at] ?? <bdi>{reason}</bdi>}
        </span>
      ))}
    </>
  );
}

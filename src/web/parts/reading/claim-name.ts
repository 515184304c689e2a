import type { TraceShown } from "../../../api/trace-shown.ts";
import type { Language } from "../../words/language.ts";
import { claimText } from "../claims/claim-text.ts";
import { countedText } from "../claims/counted-words.ts";
import type { Namer } from "../claims/use-labels.ts";

/** "Armenian deaths: at least 135". */
export function nameOfClaim(
  traced: TraceShown["claims"][number] | undefined,
  language: Language,
  names: Namer,
): string {
  if (traced === undefined) return "";
  const { claim } = traced;
  const subject = claim.kind === "figure" ? countedText(language, claim) : names.topic(claim.topic);
  return `${subject}: ${claimText(language, claim, names)}`;
}

import { agree, isUnmarkedRounding } from "./agreement.ts";
import { type FigureState, tell } from "./figure-state.ts";
import { keepWord, lastWordOf } from "./last-words.ts";
import { claimState, type FigureClaim, UNNAMED } from "./lines.ts";
import { mainClaim } from "./report.ts";

/** A report whose headline gives another number than its text, for one count and no two speakers. */
export function judgeDiscrepancy(state: FigureState, claims: readonly FigureClaim[]): void {
  const { changes } = state.frame;
  const headline = claims.filter((claim) => claim.observation.fields.includes("title"));
  const body = claims.filter((claim) => claim.observation.fields.includes("text"));
  const title = headline.find((claim) => !claim.observation.fields.includes("text"));
  if (!title) return;
  const comparable = body.filter(
    (claim) => claim.voice === title.voice || claim.voice === UNNAMED || title.voice === UNNAMED,
  );
  const text = mainClaim(comparable);
  if (!text || headline.some((claim) => body.includes(claim) && claim.voice === text.voice)) return;
  if (comparable.some((claim) => agree(claim, title, changes) || isUnmarkedRounding(title, claim.value, changes)))
    return;
  const identity = ["discrepancy", title.stage ?? "", title.value, text.value];
  if (state.occurrences.has(identity.join("|"))) return;
  tell(state, {
    kind: "report.discrepancy",
    claim: title,
    identity,
    before: claimState(title),
    after: claimState(text),
    because: "the headline gives another number than the text",
    others: [text.observation],
  });
}

/** A number that changed inside a page already published. */
export function judgeEdit(state: FigureState, claim: FigureClaim): void {
  const { page, item, revision } = claim.observation;
  const about = `${claim.stage ?? ""}|${claim.voice}`;
  const before = lastWordOf(state.lastWords, item, about);
  if (before && before.observation.revision >= revision) return;
  keepWord(state.lastWords, item, about, claim);
  if (!before || agree(before, claim, state.frame.changes)) return;
  tell(state, {
    kind: "item.edited",
    claim,
    identity: ["edited", page, claim.stage ?? "", claim.voice, before.value, claim.value],
    before: claimState(before),
    after: claimState(claim),
    because: "the number was changed inside a published item",
    others: [before.observation],
  });
}

import type { EntityMention } from "../../classify/entities.ts";
import type { FrameCue } from "../figure-cues.ts";
import type { SentenceCues } from "./sentence-cues.ts";

type Frame = FrameCue["frame"];

const LEADING: ReadonlySet<Frame> = new Set(["against", "agent"]);
const FOLLOWING: ReadonlySet<Frame> = new Set(["against-after", "agent-after"]);

/** How many tokens the two names behind "between" may take, or before its like in languages that put it last. */
const BETWEEN_REACH = 5;

/** Whether words or a case ending make a name the adversary or agent: "clashes with Azerbaijan", "by Azerbaijani fire". */
export function isAdversary(sentence: SentenceCues, mention: EntityMention): boolean {
  const { first, last } = mention;
  const sided = sentence.frames.some((hit) => hit.cue.frame === "from-side" && hit.first === last);
  if (isBetween(sentence, mention)) return false;
  const led = (hit: { cue: FrameCue; last: number }): boolean =>
    LEADING.has(hit.cue.frame) && hit.last <= first && first - hit.last <= 1;
  if (!sided && sentence.frames.some(led)) return true;
  const followed = (hit: { cue: FrameCue; first: number }): boolean =>
    FOLLOWING.has(hit.cue.frame) && hit.first >= last && hit.first - last <= 1;
  return sentence.frames.some(followed) || hasEnding(sentence, last - 1);
}

/** Whether a name stands aside from those who are counted: an adversary, or one of two "between" whom it happened. */
export function isAside(sentence: SentenceCues, mention: EntityMention): boolean {
  return isAdversary(sentence, mention) || isBetween(sentence, mention);
}

function isBetween(sentence: SentenceCues, { first, last }: EntityMention): boolean {
  return sentence.frames.some(
    ({ cue, first: from, last: to }) =>
      (cue.frame === "between" && to <= first && last - to <= BETWEEN_REACH) ||
      (cue.frame === "between-after" && last <= from && from - first <= BETWEEN_REACH),
  );
}

function hasEnding(sentence: SentenceCues, at: number): boolean {
  const token = sentence.tokens[at];
  if (!token || sentence.cues.againstEndings.length === 0) return false;
  const word = token.suffix === "" ? token.folded : token.suffix;
  return sentence.cues.againstEndings.some((ending) => word.endsWith(ending));
}

import type { EntityMention } from "../../classify/entities.ts";
import { frameAt, isJoinedOn, type SentenceCues } from "./sentence-cues.ts";
import { type Side, storySide } from "./sides.ts";

/** Whether a name is joined to that of the other side: "Armenia and Azerbaijan", «أرمينيا وأذربيجان», "L'Arménie et l'Azerbaïdjan". */
export function isJoinedName(sentence: SentenceCues, mention: EntityMention): boolean {
  if (mention.entity.kind === "person") return false;
  return sentence.entities.some(
    (other) =>
      other.entity.kind !== "person" &&
      storySide(other) !== null &&
      storySide(other) !== storySide(mention) &&
      (other.last <= mention.first ? joins(sentence, other, mention) : joins(sentence, mention, other)),
  );
}

/** How many tokens, an article among them, stand between two joined names. */
const JOINED_REACH = 2;

function joins(sentence: SentenceCues, before: EntityMention, after: EntityMention): boolean {
  const gap = after.first - before.last;
  if (gap < 0 || gap > JOINED_REACH) return false;
  return gap > 0 ? frameAt(sentence, "and", before.last) : isJoinedOn(sentence, after.first);
}

const LABEL_MARK = /^[:՝\-–—]$/;

/** Behind a name and a mark: "Armenia: 105 dead, Azerbaijan: 71", where both sides stand so before their numbers. */
export function labelOf(sentence: SentenceCues, at: number): Side | null {
  const side = labelAt(sentence, at);
  if (side === null) return null;
  const others = sentence.numbers.map(({ first }) => labelAt(sentence, first));
  return others.some((other) => other !== null && other !== side) ? side : null;
}

function labelAt({ tokens, entities }: SentenceCues, at: number): Side | null {
  if (!LABEL_MARK.test(tokens[at - 1]?.folded ?? "")) return null;
  const name = entities.find(({ last, entity }) => last === at - 1 && entity.kind !== "person");
  return name ? storySide(name) : null;
}

import type { Party } from "../claim.ts";
import { isAside } from "./adversary.ts";
import type { Link } from "./pairs.ts";
import { type Frame, framed, type SentenceCues } from "./sentence-cues.ts";
import { isElsewhere, opposite, type PartyContext, type PartyFinding, sideOf, storySide } from "./sides.ts";

/**
 * Bodies and prisoners that change hands are the receiver's: the giver or the holder speaks of the other side's people.
 * Where the words do not tell giver from receiver, the party that the baseline follows.
 */
export function fromTransfer(sentence: SentenceCues, link: Link, context: PartyContext): PartyFinding | null {
  const { measure } = link.hit.cue;
  if (measure !== "bodies" && measure !== "captured") return null;
  if (isElsewhere(sentence.entities, context.elsewhere) || context.focus === "other") return null;
  if (link.inherited && context.before?.sure)
    return { party: context.before.party, because: "it goes on with a figure of this party", sure: true };
  const has = (frame: Frame): boolean => framed(sentence, frame).length > 0;
  if (measure === "captured" && context.before && !has("give"))
    return { party: context.before.party, because: "listed with a figure of this party", sure: false };
  if (measure === "bodies" && context.before?.sure && !has("give") && !has("receive"))
    return { party: context.before.party, because: "found, not handed over: of the party counted before", sure: false };
  const tracked = context.tracked(measure) ?? context.tracked("bodies");
  const sides = new Set(sentence.entities.filter((mention) => !isAside(sentence, mention)).map(storySide));
  sides.delete(null);
  const [only, ...more] = [...sides];
  if (!only) return sideOfSpeaker(context, tracked) ?? (measure === "bodies" ? ofStory(context, tracked) : null);
  if (more.length > 0 || only === tracked)
    return tracked && { party: tracked, because: "the party that the baseline follows", sure: more.length === 0 };
  if (has("receive")) return { party: only, because: "the side that receives them", sure: true };
  return { party: opposite(only), because: "the side that hands over or holds the other's people", sure: false };
}

function sideOfSpeaker(context: PartyContext, tracked: Party | null): PartyFinding | null {
  const side = sideOf(context.speakerSide);
  if (!side) return null;
  return {
    party: tracked ?? opposite(side),
    because: "a side speaks of the people that the baseline follows",
    sure: false,
  };
}

/** Bodies of which nothing else is said, in an item about the story. */
function ofStory({ relevant }: PartyContext, tracked: Party | null): PartyFinding | null {
  if (!relevant || !tracked) return null;
  return { party: tracked, because: "the party whose bodies the baseline follows", sure: false, guess: true };
}

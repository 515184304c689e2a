import type { FrameCue } from "../figure-cues.ts";
import type { Link } from "./link.ts";
import { isAdversary, opposite, type PartyContext, type PartyFinding, storySide } from "./party.ts";
import type { SentenceCues } from "./sentence-cues.ts";

/**
 * Bodies and prisoners that change hands are the receiver's: the giver or the holder speaks of the other side's people.
 * Where both sides are named and the words do not tell giver from receiver, the party that the baseline follows.
 */
export function fromTransfer(sentence: SentenceCues, link: Link, context: PartyContext): PartyFinding | null {
  const { measure } = link.hit.cue;
  if (measure !== "bodies" && measure !== "captured") return null;
  const frame = (name: FrameCue["frame"]) => sentence.frames.find((hit) => hit.cue.frame === name);
  const sides = sentence.entities.filter((mention) => !isAdversary(sentence, mention) && storySide(mention));
  const named = new Set(sides.map(storySide));
  if (named.size === 0) return fromHolder(context);
  if (named.size > 1) {
    const party = context.tracked(measure) ?? context.tracked("bodies");
    return party && { party, because: "both sides are named: the party that the baseline follows", sure: false };
  }
  const [only] = sides;
  const side = storySide(only!)!;
  const giving = frame("give");
  const receives =
    frame("receive") !== undefined || sentence.frames.some((hit) => hit.cue.frame === "to" && hit.last === only!.first);
  if (receives) return { party: side, because: "the side that receives them", sure: true };
  const gives = giving !== undefined && only!.last <= giving.first;
  if (gives || (measure === "captured" && only!.last <= link.hit.first)) {
    const party = opposite(side);
    return { party, because: "the side that hands over or holds the other's people", sure: false };
  }
  return null;
}

function fromHolder(context: PartyContext): PartyFinding | null {
  const side = context.speakerSide;
  if (side !== "armenia" && side !== "azerbaijan") return null;
  const party = context.tracked("bodies") ?? opposite(side);
  return { party, because: "who speaks of them, gives or receives the party that the baseline follows", sure: false };
}

import type { Distance } from "./distance.ts";
import type { Link } from "./pairs.ts";
import { fromItem } from "./party-of-item.ts";
import { fromNames } from "./party-of-names.ts";
import { fromSubjects } from "./party-of-subject.ts";
import type { SentenceCues } from "./sentence-cues.ts";
import type { PartyContext, PartyFinding } from "./sides.ts";

/** Resolves the party of a figure: from the counted noun outwards to the sentence, the speaker and the item. */
export function resolveParty(
  sentence: SentenceCues,
  link: Link,
  distance: Distance,
  context: PartyContext,
): PartyFinding {
  return (
    fromNames(sentence, link, distance, context) ??
    fromSubjects(sentence, link, distance, context) ??
    fromItem(sentence, link, distance, context)
  );
}

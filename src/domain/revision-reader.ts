import { type Analysis, analyzeContext } from "./analyze.ts";
import type { Item } from "./item.ts";
import type { ItemContext } from "./item-context.ts";
import type { LanguagePacks } from "./language/language-pack.ts";
import { readItem } from "./language/read-item.ts";
import { readContext } from "./read-context.ts";
import type { Story } from "./story.ts";

/** A revision's text as the stages read it. `id` names the text: the same id always has the same text. */
export interface RevisionText extends Item {
  readonly timezone?: string | undefined;
}

/** A revision as read for one story. */
export interface StoryReading {
  readonly story: Story;
  readonly context: ItemContext;
  readonly analysis: Analysis;
}

export type RevisionReader = (revision: RevisionText) => readonly StoryReading[];

/**
 * Reads revisions for every story. The last `keep` readings are remembered, because three stages of one process ask for
 * the same revision within moments; another process reads it again and gets the same.
 */
export function createRevisionReader({
  packs,
  stories,
  keep,
}: {
  packs: LanguagePacks;
  stories: readonly Story[];
  keep: number;
}): RevisionReader {
  const remembered = new Map<string, readonly StoryReading[]>();
  return (revision) => {
    const known = remembered.get(revision.id);
    if (known) return known;
    const reading = readItem(revision, packs);
    const read = stories.map((story) => {
      const context = readContext(revision, { packs, story, reading, timezone: revision.timezone });
      return { story, context, analysis: analyzeContext(context) };
    });
    remembered.set(revision.id, read);
    if (remembered.size > keep) remembered.delete(remembered.keys().next().value as string);
    return read;
  };
}

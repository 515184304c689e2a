import { type Analysis, analyzeContext } from "./analyze.ts";
import type { Relevance } from "./classify/relevance.ts";
import type { CopyRules } from "./dedup/copy-rules.ts";
import { copyWindow } from "./dedup/copy-window.ts";
import type { Fingerprint } from "./dedup/fingerprint.ts";
import { fingerprintItem } from "./dedup/fingerprint-item.ts";
import type { LanguagePacks } from "./language/language-pack.ts";
import { readItem } from "./language/read-item.ts";
import { readContext } from "./read-context.ts";
import type { RevisionText } from "./revision-reader.ts";
import type { Story } from "./story.ts";

/** A revision as the stages have it read. */
export interface RevisionToAnalyze extends RevisionText {
  readonly canonicalUrl: string | null;
}

/** What a revision says about one story; without claims where it concerns none. Plain data, so that it can be sent. */
export interface StoryAnalysis {
  readonly story: string;
  readonly relevance: Relevance;
  readonly analysis: Analysis | null;
}

/** All that the stages take from a revision's text. Plain data: it comes from a thread. */
export interface RevisionAnalysis {
  readonly lang: string;
  /** It concerns one of the stories at least. */
  readonly relevant: boolean;
  readonly byStory: readonly StoryAnalysis[];
  /** What its copies are found by, and how far from it; null where it concerns no story: nothing comes of its copies. */
  readonly copy: { readonly fingerprint: Fingerprint; readonly windowMs: number } | null;
}

export interface AnalyzeOptions {
  readonly packs: LanguagePacks;
  readonly stories: readonly Story[];
  readonly copyRules: CopyRules;
}

/**
 * Reads a revision for every story. Claims and fingerprint are taken only of one that concerns a story: most do not.
 * @throws Error when no story is configured.
 */
export function analyzeRevision(
  revision: RevisionToAnalyze,
  { packs, stories, copyRules }: AnalyzeOptions,
): RevisionAnalysis {
  if (stories.length === 0) throw new Error("no story is configured");
  const reading = readItem(revision, packs);
  const read = stories.map((story) => ({
    story,
    context: readContext(revision, { packs, story, reading, timezone: revision.timezone }),
  }));
  const { lang } = reading;
  if (!read.some(({ context }) => context.relevance.relevant)) {
    const byStory = read.map(({ story, context }) => ({
      ...{ story: story.id, relevance: context.relevance, analysis: null },
    }));
    return { lang, relevant: false, byStory, copy: null };
  }
  const readings = read.map(({ story, context }) => ({ story, context, analysis: analyzeContext(context) }));
  return {
    lang,
    relevant: true,
    byStory: readings.map(({ story, analysis }) => ({
      story: story.id,
      relevance: analysis.relevance,
      // How it was decided is asked for by people, who have it read again.
      analysis: { ...analysis, trace: [] },
    })),
    copy: {
      fingerprint: fingerprintItem(readings, revision.canonicalUrl, copyRules),
      windowMs: copyWindow(readings),
    },
  };
}

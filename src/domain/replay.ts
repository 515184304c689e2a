import type { Alert } from "./alert/alert.ts";
import type { Frame } from "./baseline/frame.ts";
import type { Observation, Tier } from "./baseline/observation.ts";
import { observationsOf } from "./baseline/observe.ts";
import { foldStory, type Standing } from "./baseline/standings.ts";
import { clusterItem, createCopyIndex } from "./dedup/copy-index.ts";
import type { CopyRules } from "./dedup/copy-rules.ts";
import { copyWindow } from "./dedup/copy-window.ts";
import { fingerprintItem } from "./dedup/fingerprint-item.ts";
import { canonicalUrl, type UrlRules } from "./feed/canonical-url.ts";
import type { Item } from "./item.ts";
import type { RevisionReader, StoryReading } from "./revision-reader.ts";

/** What replaying takes besides the items. */
export interface ReplayOptions {
  readonly read: RevisionReader;
  readonly frames: ReadonlyMap<string, Frame>;
  readonly copyRules: CopyRules;
  readonly urlRules: UrlRules;
  /** How far an item's source is trusted. */
  readonly tierOf: (item: Item) => Tier;
  /** Items published before this moment (ISO 8601) are read but raise nothing; null raises everything. */
  readonly from: string | null;
}

export interface Replayed {
  /** In the order in which they were raised. */
  readonly alerts: readonly Alert[];
  readonly standings: readonly (Standing & { readonly story: string })[];
}

interface DatedItem extends Item {
  readonly published: string;
  /** 1 for an id as it comes first, one more for each other text under the same id. */
  readonly revision: number;
}

/** The alerts that the daemon would raise on these items in order of publication, and what stands in the end. */
export function replay(items: readonly Item[], options: ReplayOptions): Replayed {
  const index = createCopyIndex();
  const byStory = new Map<string, Observation[]>([...options.frames.keys()].map((story) => [story, []]));
  for (const item of revisionsOf(inOrderOfPublication(items))) {
    const readings = options.read({ ...item, id: `${item.id} ${item.revision}` });
    const cluster = clusterOf(item, readings, index, options);
    for (const { story, analysis } of readings) {
      const frame = options.frames.get(story.id);
      if (!frame || !analysis.relevance.relevant) continue;
      const origin = originOf(item, analysis.lang, cluster, options.tierOf(item));
      byStory.get(story.id)?.push(...observationsOf(analysis, origin, frame.baseline));
    }
  }
  const folded = [...byStory].map(([story, observations]) => ({
    story,
    ...foldStory(options.frames.get(story) as Frame, observations),
  }));
  const since = options.from === null ? Number.NEGATIVE_INFINITY : Date.parse(options.from);
  return {
    alerts: folded
      .flatMap((one) => one.alerts)
      .filter((alert) => Date.parse(alert.evidence[0]?.published ?? alert.at) >= since)
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    standings: folded.flatMap(({ story, standings }) => standings.map((one) => ({ ...one, story }))),
  };
}

/** An item without a date is taken to appear with the one before it. */
function inOrderOfPublication(items: readonly Item[]): (Item & { published: string })[] {
  let last = "1970-01-01T00:00:00.000Z";
  const dated = items.map((item) => {
    last = item.published ?? last;
    return { ...item, published: last };
  });
  return dated.sort((a, b) => Date.parse(a.published) - Date.parse(b.published));
}

/** Numbers the texts under one id; the same text again is no revision. */
function* revisionsOf(items: readonly (Item & { published: string })[]): Generator<DatedItem> {
  const latest = new Map<string, DatedItem>();
  for (const item of items) {
    const before = latest.get(item.id);
    if (before && before.text === item.text && before.title === item.title) continue;
    const revised = { ...item, revision: (before?.revision ?? 0) + 1 };
    latest.set(item.id, revised);
    yield revised;
  }
}

function clusterOf(
  item: DatedItem,
  readings: readonly StoryReading[],
  index: ReturnType<typeof createCopyIndex>,
  { copyRules, urlRules }: ReplayOptions,
): string {
  const url = item.url === undefined ? null : canonicalUrl(item.url, urlRules);
  const taken = fingerprintItem(readings, url, copyRules);
  const placed = { id: `${item.id} ${item.revision}`, at: Date.parse(item.published), fingerprint: taken };
  return clusterItem(index, placed, copyWindow(readings)).cluster;
}

function originOf(item: DatedItem, lang: string, cluster: string, tier: Tier) {
  const { id, revision, published, url = null, source = "-" } = item;
  return { item: id, revision, page: url ?? `${source} ${id}`, cluster, source, tier, lang, published, url };
}

import { sql } from "kysely";
import type { Database } from "./schema.ts";

/** What of a story can be written out. */
export const EXPORTS = ["observations", "standings", "alerts", "items"] as const;
export type ExportName = (typeof EXPORTS)[number];

/** A row as it is written: a value for each column, in the order of the columns. */
export type ExportRow = Readonly<Record<string, unknown>>;

/** One kind of rows: the columns with what they are read from, and where the rows stand. */
interface ExportSource {
  readonly columns: Readonly<Record<string, string>>;
  readonly from: string;
  /** The order in which rows were entered. */
  readonly place: string;
  readonly ofStory: (story: string) => ReturnType<typeof sql<boolean>>;
}

const claim = {
  event: "o.event",
  measure: "o.measure",
  party: "o.party",
  civilian: "o.civilian",
  value: "o.value",
  low: "o.low",
  high: "o.high",
  qualifier: "o.qualifier",
  role: "o.role",
  topic: "o.topic",
  position: "o.position",
  speaker: "o.speaker",
  side: "o.side",
};

const SOURCES: Readonly<Record<ExportName, ExportSource>> = {
  observations: {
    columns: {
      id: "o.id",
      kind: "o.kind",
      ...claim,
      assertedAt: "o.asserted_at",
      publishedAt: "o.published_at",
      source: "o.source",
      tier: "o.tier",
      lang: "o.lang",
      url: "o.url",
      quote: "o.quote",
      field: "o.field",
      start: "o.span_start",
      end: "o.span_end",
      item: "o.item_id",
      revision: "o.revision_id",
      cluster: "o.cluster_id",
      feed: "o.feed_id",
      createdAt: "o.created_at",
    },
    from: "observations o",
    place: "o.seq",
    ofStory: (story) => sql<boolean>`o.story = ${story}`,
  },
  standings: {
    columns: {
      id: "s.id",
      event: "s.event",
      measure: "b.measure",
      party: "b.party",
      civilian: "b.civilian",
      topic: "b.topic",
      stage: "b.stage",
      side: "s.side",
      value: "c.value",
      low: "c.low",
      high: "c.high",
      qualifier: "c.qualifier",
      increment: "c.increment",
      position: "c.position",
      speaker: "c.speaker",
      asOf: "s.as_of",
      sources: "b.sources",
      confidence: "b.confidence",
      observation: "s.observation_id",
      createdAt: "s.created_at",
    },
    from: `standings s
      cross join lateral json_to_record(s.body) as b(measure text, party text, civilian boolean, topic text, stage text,
        sources int, confidence float8, current json)
      cross join lateral json_to_record(b.current) as c(value float8, low float8, high float8, qualifier text,
        increment float8, position text, speaker text)`,
    place: "s.id",
    ofStory: (story) => sql<boolean>`s.story = ${story}`,
  },
  alerts: {
    columns: {
      id: "a.id",
      kind: "a.kind",
      event: "a.event",
      measure: "a.measure",
      party: "a.party",
      topic: "a.topic",
      severity: "a.severity",
      confidence: "a.confidence",
      beforeValue: "(d.before->>'value')::float8",
      beforePosition: "d.before->>'position'",
      beforeSpeaker: "d.before->>'speaker'",
      afterValue: "(d.after->>'value')::float8",
      afterQualifier: "d.after->>'qualifier'",
      afterPosition: "d.after->>'position'",
      afterSpeaker: "d.after->>'speaker'",
      afterSide: "d.after->>'side'",
      because: "d.because",
      about: "a.about",
      sources: "a.sources",
      langs: "a.langs",
      quote: "d.evidence->0->>'quote'",
      url: "d.evidence->0->>'url'",
      observation: "a.observation_id",
      at: "a.at",
      createdAt: "a.created_at",
    },
    from: `alerts a
      cross join lateral json_to_record(a.body->'data') as d(before json, after json, because text, evidence json)`,
    place: "a.seq",
    ofStory: (story) => sql<boolean>`a.story = ${story}`,
  },
  items: {
    columns: {
      item: "r.item_id",
      revision: "r.id",
      revisionNumber: "r.number",
      source: "f.source",
      tier: "f.tier",
      lang: "r.lang",
      title: "r.title",
      text: "r.text",
      url: "i.url",
      publishedAt: "r.published_at",
      updatedAt: "r.updated_at",
      seenAt: "r.seen_at",
      cluster: "r.cluster_id",
      clusterKind: "r.cluster_kind",
      feed: "i.feed_id",
    },
    from: "revisions r join items i on i.id = r.item_id join feeds f on f.id = i.feed_id",
    place: "r.id",
    ofStory: (story) => sql<boolean>`r.relevant and r.relevance->${story}->>'relevant' = 'true'`,
  },
};

/** The columns of an export, in their order. */
export function exportColumns(what: ExportName): string[] {
  return Object.keys(SOURCES[what].columns);
}

/** Rows in hand at a time; of texts, which may be long, fewer. */
const PAGE = 1000;
const PAGE_OF_TEXTS = 50;

/**
 * Reads one part of a story in pages, in the order in which it was entered, up to what was there at the beginning. No
 * transaction is held: a reader who is slow must not keep the ledger waiting.
 */
export async function* readExport(
  db: Database,
  { story, what }: { story: string; what: ExportName },
): AsyncGenerator<ExportRow[]> {
  const { columns, from, place, ofStory } = SOURCES[what];
  const select = Object.entries(columns).map(([name, read]) => sql`${sql.raw(read)} as ${sql.ref(name)}`);
  const last = await lastPlace(db, what);
  const page = what === "items" ? PAGE_OF_TEXTS : PAGE;
  for (let after = "0"; ; ) {
    const { rows } = await sql<ExportRow & { "#": string }>`
      select ${sql.raw(place)} as "#", ${sql.join(select)} from ${sql.raw(from)}
      where ${ofStory(story)} and ${sql.raw(place)} > ${after} and ${sql.raw(place)} <= ${last}
      order by ${sql.raw(place)} limit ${page}`.execute(db);
    if (rows.length === 0) return;
    yield rows.map(({ "#": _place, ...row }) => row);
    after = rows.at(-1)?.["#"] ?? last;
    if (rows.length < page) return;
  }
}

async function lastPlace(db: Database, what: ExportName): Promise<string> {
  const [table, column] = what === "items" ? ["revisions", "id"] : [what, what === "standings" ? "id" : "seq"];
  const { rows } = await sql<{ last: string }>`
    select coalesce(max(${sql.ref(column)}), 0)::text as last from ${sql.table(table)}`.execute(db);
  return rows[0]?.last ?? "0";
}
